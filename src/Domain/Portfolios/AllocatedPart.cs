using System.Globalization;

namespace BtcAgent.Domain.Portfolios;

/// <summary>
/// The part of one asset of an account that a portfolio may use: <c>all</c>, a share such as <c>25%</c>, or an amount such
/// as <c>20000</c>. A share is applied once, to what the account holds when the books begin.
/// </summary>
public readonly record struct AllocatedPart
{
    private AllocatedPart(decimal? amount, decimal fraction)
    {
        Amount = amount;
        Fraction = fraction;
    }

    public static AllocatedPart All { get; } = new(null, 1);

    /// <summary>In units of the asset; null for a share.</summary>
    public decimal? Amount { get; }

    /// <summary>Share of the balance, 0…1; used when there is no amount.</summary>
    public decimal Fraction { get; }

    public bool IsWhole => Amount is null && Fraction == 1;

    public static bool TryParse(string text, out AllocatedPart part)
    {
        const NumberStyles Plain = NumberStyles.AllowDecimalPoint;
        part = default;
        var word = text.Trim();
        if (word.Equals("all", StringComparison.OrdinalIgnoreCase))
        {
            part = All;
            return true;
        }

        if (word.EndsWith('%'))
        {
            if (!decimal.TryParse(word[..^1], Plain, CultureInfo.InvariantCulture, out var percent) || percent > 100)
            {
                return false;
            }

            part = new AllocatedPart(null, percent / 100);
            return true;
        }

        if (!decimal.TryParse(word, Plain, CultureInfo.InvariantCulture, out var amount))
        {
            return false;
        }

        part = new AllocatedPart(amount, 0);
        return true;
    }

    /// <summary>The allocated part of this balance, rounded down to 1e-8; an amount may exceed the balance.</summary>
    public decimal Of(decimal balance) => Amount ?? decimal.Round(balance * Fraction, 8, MidpointRounding.ToZero);
}
