using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Contracts.Execution;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// The account against the books. Only a still moment can be compared: no order without a known outcome, no fill on its way,
/// no trade while the account was read. Then the portfolio compares and books in one step, if its books have not moved.
/// </summary>
internal sealed partial class LiveDesk
{
    /// <summary>Least amount of any asset: below it there is no difference.</summary>
    private const decimal SmallestAmount = 0.00000001m;

    private async Task<Unsettled?> CompareBalancesAsync(LiveExecution execution, TradingRules rules)
    {
        var (settlement, moved) = await AgreeAsync(execution, rules, accepted: null);
        if (settlement is null)
        {
            return _inDoubt ? new Unsettled(moved, HasAnswers: false) : null;
        }

        if (settlement.Unexplained.IsEmpty)
        {
            return null;
        }

        var d = settlement.Unexplained[0];
        var outside = d.Outside == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" and {d.Outside} outside of the portfolio");
        return new Unsettled(
            string.Create(CultureInfo.InvariantCulture, $"UNEXPLAINED_BALANCE: the venue has {d.AtVenue} {d.Asset}, the books {d.Own}{outside}"),
            HasAnswers: true);
    }

    /// <summary>An operator takes the venue's balances for right: what nothing else explains is booked as a correction.</summary>
    public async Task<AcceptedBalances> AcceptBalances(string reason)
    {
        if (_execution is not { TradesReadTo: not null } execution || await host.Rules() is not { } rules)
        {
            return AcceptedBalances.Refused($"the account has not been read yet: {_reason}");
        }

        if (InFlight(execution) is { } inFlight)
        {
            return AcceptedBalances.Refused(inFlight);
        }

        try
        {
            var (settlement, moved) = await AgreeAsync(execution, rules, reason);
            if (settlement is null)
            {
                return AcceptedBalances.Refused($"{moved}: nothing was booked, try again");
            }

            Reconcile("an operator accepted the venue's balances", doubt: true);
            return new AcceptedBalances(null, settlement.Booked);
        }
        catch (ExecutionVenueException e)
        {
            return AcceptedBalances.Refused($"the venue does not answer: {e.Message}");
        }
    }

    /// <returns>Null, and why, when the moment was not still.</returns>
    private async Task<(AccountSettlement? Settlement, string Moved)> AgreeAsync(LiveExecution execution, TradingRules rules, string? accepted)
    {
        var version = execution.Version;
        var books = await host.Portfolio();
        var readAt = Now();
        var balances = await venue.GetBalancesAsync(_ending.Token);
        var trades = await venue.GetTradesAsync(instrument, execution.NextTradeId, _ending.Token);
        if (execution.Version != version || execution.HasUncounted(trades) || execution.PendingFills.Count > 0)
        {
            return (null, "the account traded while it was compared");
        }

        var dust = DustOf(books, rules);
        var settlement = await host.Agree(new AccountReading
        {
            Revision = books.Revision,
            Balances = dust.Keys.ToImmutableSortedDictionary(asset => asset, asset => balances.GetValueOrDefault(asset), StringComparer.Ordinal),
            Dust = dust,
            ReadAt = readAt,
            Accepted = accepted,
        });
        return settlement.IsCompared ? (settlement, "") : (null, "the books changed while the account was read");
    }

    /// <summary>
    /// Assets to compare, and from which amount on a difference is none of dust: the traded ones, and with an allocation also
    /// what it names and what fees were paid in.
    /// </summary>
    private ImmutableSortedDictionary<string, decimal> DustOf(PortfolioSnapshot books, TradingRules rules)
    {
        var dust = ImmutableSortedDictionary.CreateBuilder<string, decimal>(StringComparer.Ordinal);
        foreach (var asset in books.Outside?.Balances.Keys.Concat(books.FeeAssets.Select(fee => fee.Asset)) ?? [])
        {
            var price = books.FeeAssets.FirstOrDefault(fee => fee.Asset == asset)?.Price;
            dust[asset] = price is { } known ? Math.Max(SmallestAmount, options.DustQuote / known) : SmallestAmount;
        }

        dust[rules.BaseAsset] = rules.LotSize.ToDecimal();
        dust[rules.QuoteAsset] = options.DustQuote;
        return dust.ToImmutable();
    }

    /// <summary>What may still move the account in a way that no record tells; null when nothing does. A resting order shows in the trades.</summary>
    private static string? InFlight(LiveExecution execution)
    {
        var order = execution.OpenOrders.FirstOrDefault(o => o.Status is OrderStatus.Submitted or OrderStatus.PendingCancel);
        return order is not null ? $"order {order.Intent.ClientOrderId} is on its way ({order.Status}): wait for its outcome, or halt and wait"
            : execution.HasQuestions ? "the outcome of an order is not known yet: wait for the comparison with the venue"
            : execution.PendingFills.Count > 0 ? "fills are being booked: try again"
            : null;
    }
}
