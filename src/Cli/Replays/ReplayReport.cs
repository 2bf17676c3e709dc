using BtcAgent.Domain.Features;
using BtcAgent.Research.Replays;

namespace BtcAgent.Cli.Replays;

/// <summary>The output of <c>replay --from-kafka --json</c>.</summary>
/// <param name="Decision">Its id.</param>
/// <param name="Portfolio">Its portfolio.</param>
/// <param name="Instrument">Venue and symbol.</param>
/// <param name="Strategy">Its strategy.</param>
/// <param name="EventTime">Event time of its sample.</param>
/// <param name="Outcome">Recorded outcome.</param>
/// <param name="ModelId">Recorded model id.</param>
/// <param name="ModelHash">Recorded model hash.</param>
/// <param name="Position">Its offsets in the log of market data.</param>
/// <param name="Partition">Partition of the market data.</param>
/// <param name="Messages">Number of market data messages read.</param>
/// <param name="Unreadable">Messages without a valid batch, which the agent skips too.</param>
/// <param name="Events">Market events applied.</param>
/// <param name="History">Number of earlier samples given to the model.</param>
/// <param name="Steps">Steps in the order of a decision.</param>
/// <param name="FirstDivergence">Null when all features are equal.</param>
/// <param name="Explanation">Explanation of the replayed score; null unless requested, and for a rule.</param>
internal sealed record ReplayReport(
    string Decision,
    string Portfolio,
    string Instrument,
    string Strategy,
    Timestamp EventTime,
    string Outcome,
    string ModelId,
    string ModelHash,
    LogPosition Position,
    int Partition,
    long Messages,
    long Unreadable,
    long Events,
    int History,
    IReadOnlyList<StepResult> Steps,
    FirstDivergence? FirstDivergence,
    ReplayExplanation? Explanation)
{
    /// <summary>True when every step was replayed and is equal.</summary>
    public bool IsSame => Steps.All(step => step.Outcome == StepOutcome.Equal);
}
