using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>
/// What a comparison of a venue's account with a portfolio's books looks at. Only a still moment can be compared: no order without a
/// known outcome, no fill on its way, no trade while the account was read.
/// </summary>
public static class BalanceComparison
{
    /// <summary>Least amount of any asset: below it there is no difference.</summary>
    public const decimal SmallestAmount = 0.00000001m;

    /// <summary>What may still move the account without a record of it; null when nothing does. A resting order shows in the trades.</summary>
    public static string? InFlight(LiveExecution execution)
    {
        var order = execution.OpenOrders.FirstOrDefault(o => o.Status is OrderStatus.Submitted or OrderStatus.PendingCancel);
        return order is not null ? $"order {order.Intent.ClientOrderId} is on its way ({order.Status}): wait for its outcome, or halt and wait"
            : execution.HasQuestions ? "the outcome of an order is not known yet: wait for the comparison with the venue"
            : execution.PendingFills.Count > 0 ? "fills are being booked: try again"
            : null;
    }

    /// <summary>Whether the account moved while it was read.</summary>
    /// <param name="execution">As it is now.</param>
    /// <param name="version">Of the execution before the balances were asked for.</param>
    /// <param name="trades">The venue's, asked for after the balances, from <see cref="LiveExecution.NextTradeId"/> on.</param>
    public static bool HasMoved(LiveExecution execution, long version, ImmutableArray<VenueFill> trades) =>
        execution.Version != version || execution.HasUncounted(trades) || execution.PendingFills.Count > 0;

    /// <summary>Balances of the assets to compare, as the account holds them.</summary>
    /// <param name="books">From before the account was read.</param>
    /// <param name="rules">Name the traded assets.</param>
    /// <param name="balances">Of the account; an asset it does not name is zero.</param>
    /// <param name="dustQuote">Amount of quote asset from which on a difference is no dust.</param>
    /// <param name="readAt">Our clock, before the account was read.</param>
    /// <param name="accepted">Why an operator takes the venue's balances for right; null when none does.</param>
    public static AccountReading Read(
        PortfolioSnapshot books, TradingRules rules, ImmutableSortedDictionary<string, decimal> balances, decimal dustQuote, Timestamp readAt, string? accepted)
    {
        var dust = DustOf(books, rules, dustQuote);
        return new AccountReading
        {
            Revision = books.Revision,
            Balances = dust.Keys.ToImmutableSortedDictionary(asset => asset, asset => balances.GetValueOrDefault(asset), StringComparer.Ordinal),
            Dust = dust,
            ReadAt = readAt,
            Accepted = accepted,
        };
    }

    /// <summary>
    /// Assets to compare, each with the amount from which on a difference is no dust: the traded ones, and with an allocation also
    /// those it names and those that fees were paid in.
    /// </summary>
    public static ImmutableSortedDictionary<string, decimal> DustOf(PortfolioSnapshot books, TradingRules rules, decimal dustQuote)
    {
        var dust = ImmutableSortedDictionary.CreateBuilder<string, decimal>(StringComparer.Ordinal);
        foreach (var asset in books.Outside?.Balances.Keys.Concat(books.FeeAssets.Select(fee => fee.Asset)) ?? [])
        {
            var price = books.FeeAssets.FirstOrDefault(fee => fee.Asset == asset)?.Price;
            dust[asset] = price is { } known ? Math.Max(SmallestAmount, dustQuote / known) : SmallestAmount;
        }

        dust[rules.BaseAsset] = rules.LotSize.ToDecimal();
        dust[rules.QuoteAsset] = dustQuote;
        return dust.ToImmutable();
    }

    /// <summary>The first difference that nothing explains, in words; null when all is explained.</summary>
    public static string? Unexplained(AccountSettlement settlement)
    {
        if (settlement.Unexplained.IsEmpty)
        {
            return null;
        }

        var d = settlement.Unexplained[0];
        var outside = d.Outside == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" and {d.Outside} outside of the portfolio");
        return string.Create(CultureInfo.InvariantCulture, $"UNEXPLAINED_BALANCE: the venue has {d.AtVenue} {d.Asset}, the books {d.Own}{outside}");
    }
}
