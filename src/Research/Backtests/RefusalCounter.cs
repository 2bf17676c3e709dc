using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Research.Backtests;

/// <summary>Counts refused signals, failed risk checks and orders that ended unfilled, by code.</summary>
internal sealed class RefusalCounter
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Counts => _counts;

    public void Add(string code) => _counts[code] = _counts.GetValueOrDefault(code) + 1;

    /// <summary>Counts every reason of a decision that sends no order because of them.</summary>
    public void Add(Decision decision)
    {
        foreach (var refusal in decision.Signal.Refusals)
        {
            Add(refusal.Code);
        }

        if (decision.Signal.IsValid && decision.Risk.Outcome == RiskOutcome.Rejected)
        {
            foreach (var check in decision.Risk.Checks.Where(c => !c.Passed))
            {
                Add(check.Code);
            }
        }
    }
}
