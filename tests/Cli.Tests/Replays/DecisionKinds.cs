using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Cli.Tests.Replays;

/// <summary>Possible outcomes of a sample.</summary>
internal static class DecisionKinds
{
    public const string Approved = "approved";
    public const string RefusedSignal = "refused signal";
    public const string Hold = "hold";
    public const string Rejected = "rejected by risk";

    public static string Of(Decision decision) => decision.Risk.Outcome switch
    {
        RiskOutcome.Approved => Approved,
        RiskOutcome.Hold => decision.Signal.IsValid ? Hold : RefusedSignal,
        _ => Rejected,
    };
}
