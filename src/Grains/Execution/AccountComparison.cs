using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// Compares the account with the books at a still moment (<see cref="BalanceComparison"/>). The portfolio compares and
/// books in one step, provided that its books have not changed.
/// </summary>
internal sealed class AccountComparison(LiveWork work, LiveOrders orders, VenueAgreement agreement)
{
    /// <summary>Opens the books with the allocated part of the account, once.</summary>
    public async Task<Unsettled?> OpenAsync(LiveExecution execution)
    {
        if (execution.TradesReadTo is not null)
        {
            return null;
        }

        var before = await work.Venue.GetLastTradeIdAsync(work.Host.Instrument, work.Ending);
        var balances = await work.Venue.GetBalancesAsync(work.Ending);
        if (await work.Venue.GetLastTradeIdAsync(work.Host.Instrument, work.Ending) != before)
        {
            return new Unsettled("the account traded while it was read", HasAnswers: true);
        }

        if (await work.Host.OpenBooksAsync(balances) is { } problem)
        {
            return new Unsettled(problem, HasAnswers: true);
        }

        execution.OpenAt(before);
        await orders.StoreAsync();
        return null;
    }

    /// <returns>Null when account and books agree, or when nothing is in doubt and the moment was not still.</returns>
    public async Task<Unsettled?> CompareAsync(LiveExecution execution, TradingRules rules)
    {
        var (settlement, moved) = await AgreeAsync(execution, rules, accepted: null);
        if (settlement is null)
        {
            return agreement.InDoubt ? new Unsettled(moved, HasAnswers: false) : null;
        }

        return BalanceComparison.Unexplained(settlement) is { } words ? new Unsettled(words, HasAnswers: true) : null;
    }

    /// <summary>Accepts the venue's balances for an operator: books unexplained differences as corrections.</summary>
    public async Task<AcceptedBalances> AcceptAsync(string reason)
    {
        if (orders.Execution is not { TradesReadTo: not null } execution || await work.Host.GetRulesAsync() is not { } rules)
        {
            return AcceptedBalances.Refused($"the account has not been read yet: {agreement.Reason}");
        }

        if (BalanceComparison.InFlight(execution) is { } inFlight)
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

            agreement.Ask("an operator accepted the venue's balances", doubt: true);
            return new AcceptedBalances(null, settlement.Booked);
        }
        catch (ExecutionVenueException e)
        {
            return AcceptedBalances.Refused($"the venue does not answer: {e.Message}");
        }
    }

    /// <returns>Null, and the reason, when the moment was not still.</returns>
    private async Task<(AccountSettlement? Settlement, string Moved)> AgreeAsync(LiveExecution execution, TradingRules rules, string? accepted)
    {
        var version = execution.Version;
        var books = await work.Host.GetBooksAsync();
        var readAt = work.Now;
        var balances = await work.Venue.GetBalancesAsync(work.Ending);
        var trades = await work.Venue.GetTradesAsync(work.Host.Instrument, execution.NextTradeId, work.Ending);
        if (BalanceComparison.HasMoved(execution, version, trades))
        {
            return (null, "the account traded while it was compared");
        }

        var settlement = await work.Host.AgreeAsync(BalanceComparison.Read(books, rules, balances, work.Options.DustQuote, readAt, accepted));
        return settlement.IsCompared ? (settlement, "") : (null, "the books changed while the account was read");
    }
}
