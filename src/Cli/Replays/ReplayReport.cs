using BtcAgent.Domain.Features;
using BtcAgent.Research.Replays;

namespace BtcAgent.Cli.Replays;

/// <summary>What <c>replay --from-kafka --json</c> prints.</summary>
/// <param name="Decision">Its id.</param>
/// <param name="Portfolio">That it is of.</param>
/// <param name="Instrument">Venue and symbol.</param>
/// <param name="Strategy">That decided.</param>
/// <param name="EventTime">Of its sample.</param>
/// <param name="Outcome">As recorded.</param>
/// <param name="ModelId">As recorded.</param>
/// <param name="ModelHash">As recorded.</param>
/// <param name="Position">Its place in the log of market data.</param>
/// <param name="Partition">Of the market data.</param>
/// <param name="Messages">Of market data that were read.</param>
/// <param name="Unreadable">Of them, those that hold no batch; the agent passes over them too.</param>
/// <param name="Events">Market events applied.</param>
/// <param name="History">Earlier samples that the model was shown.</param>
/// <param name="Steps">In the order in which a decision is made.</param>
/// <param name="FirstDivergence">Null when all features are equal.</param>
/// <param name="Explanation">Of the score that was made again; null unless asked for, and of a rule.</param>
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
    /// <summary>Every step was made again and is equal.</summary>
    public bool IsSame => Steps.All(step => step.Outcome == StepOutcome.Equal);
}
