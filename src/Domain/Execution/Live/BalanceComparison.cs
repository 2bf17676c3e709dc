using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>
/// Compares a venue account with a portfolio's books. The moment must be still: no order without a known outcome, no
/// pending fill, and no trade while the account was read.
/// </summary>
public static class BalanceComparison
{
    /// <summary>Smallest amount of any asset; smaller differences are ignored.</summary>
    public const decimal SmallestAmount = 0.00000001m;

    /// <summary>
    /// Returns the reason why the account may still move without a record; null if it cannot. A resting order appears in the trades.
    /// </summary>
    public static string? InFlight(LiveExecution execution)
    {
        var order = execution.OpenOrders.FirstOrDefault(o => o.Status is OrderStatus.Submitted or OrderStatus.PendingCancel);
        return order is not null ? $"order {order.Intent.ClientOrderId} is in flight ({order.Status}): wait for its outcome, or halt and wait"
            : execution.HasQuestions ? "the outcome of an order is not known yet: wait for the comparison with the venue"
            : execution.PendingFills.Count > 0 ? "fills are being booked: try again"
            : null;
    }

    /// <summary>Whether the account moved while it was read.</summary>
    /// <param name="execution">The execution after the reading.</param>
    /// <param name="version">Version of the execution before the balances were requested.</param>
    /// <param name="trades">The venue's trades from <see cref="LiveExecution.NextTradeId"/> on, requested after the
    /// balances.</param>
    public static bool HasMoved(LiveExecution execution, long version, ImmutableArray<VenueFill> trades) =>
        execution.Version != version || execution.HasUncounted(trades) || execution.PendingFills.Count > 0;

    /// <summary>Selects the account's balances of the assets to compare.</summary>
    /// <param name="books">Books from before the account was read.</param>
    /// <param name="rules">Rules that name the traded assets.</param>
    /// <param name="balances">Balances of the account; a missing asset is zero.</param>
    /// <param name="dustQuote">Amount of quote asset below which a difference is dust.</param>
    /// <param name="readAt">Our clock, before the account was read.</param>
    /// <param name="accepted">The operator's reason for accepting the venue's balances; null when no operator does.</param>
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
    /// Assets to compare, each with the amount below which a difference is dust: the traded ones and, with an allocation,
    /// those it names and those in which fees were paid.
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

    /// <summary>Describes the first unexplained difference; null when all are explained.</summary>
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
