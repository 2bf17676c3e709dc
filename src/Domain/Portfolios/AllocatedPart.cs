using System.Globalization;

namespace BtcAgent.Domain.Portfolios;

/// <summary>
/// What part of one asset of an account a portfolio may touch: <c>all</c>, a share such as <c>25%</c>, or an amount such as
/// <c>20000</c>. A share is taken once, of what the account holds when the books begin.
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

    /// <summary>0…1; counts when there is no amount.</summary>
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

    /// <summary>The part of this balance, rounded down to 1e-8; more than the balance when an amount is.</summary>
    public decimal Of(decimal balance) => Amount ?? decimal.Round(balance * Fraction, 8, MidpointRounding.ToZero);
}
