using System.Collections.Immutable;
using BtcAgent.Alerts.Rules;
using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Journals;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Trading;
using BtcAgent.Grains.Keys;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Alerts;

/// <summary>Reads when a portfolio last traded, and from the journal why not since.</summary>
internal sealed class TradeFiguresReader(IGrainFactory grains, IDecisionJournal journal, IOptions<AgentOptions> agent)
{
    private const int OrdersRead = 100;
    private const int DecisionsRead = 200;

    /// <param name="portfolio">The portfolio.</param>
    /// <param name="explainBefore">Reads the reasons only when the last trade is older.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public async Task<TradeFigures> ReadAsync(string portfolio, DateTimeOffset explainBefore, CancellationToken cancellationToken)
    {
        DateTimeOffset? last = null;
        foreach (var instrument in agent.Value.InstrumentsOf(portfolio))
        {
            var execution = grains.GetGrain<IExecutionGrain>(GrainKeys.Execution(portfolio, instrument));
            foreach (var order in (await execution.GetOrders(OrdersRead)).Where(order => order.FillCount > 0 && order.UpdatedAt.IsKnown))
            {
                var at = order.UpdatedAt.ToDateTimeOffset();
                last = last is null || at > last ? at : last;
            }
        }

        if (last > explainBefore)
        {
            return new TradeFigures(last, 0, ImmutableSortedDictionary<string, int>.Empty);
        }

        var decisions = await journal.ListAsync(DecisionsRead, onlyWithOrders: false, portfolio, cancellationToken);
        return new TradeFigures(last, decisions.Count, decisions.SelectMany(Reasons).CountBy(reason => reason)
            .ToImmutableSortedDictionary(reason => reason.Key, reason => reason.Value, StringComparer.Ordinal));
    }

    /// <summary>Why a decision has no order, or <c>ORDERED</c>.</summary>
    private static IEnumerable<string> Reasons(Decision decision) => decision switch
    {
        { Signal.IsValid: false } => decision.Signal.Refusals.Select(refusal => refusal.Code).Distinct(),
        { Risk.Outcome: RiskOutcome.Rejected } => decision.Risk.Checks.Where(check => !check.Passed).Select(check => check.Code).Distinct(),
        { Risk.Outcome: RiskOutcome.Approved } => ["ORDERED"],
        _ => ["POSITION_AS_WANTED"],
    };
}
