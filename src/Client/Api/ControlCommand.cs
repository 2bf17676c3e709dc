using BtcAgent.Client.Access;
using BtcAgent.Contracts.Control;

namespace BtcAgent.Client.Api;

/// <summary>A command that stops or starts trading.</summary>
/// <param name="Verb">Its name.</param>
/// <param name="IsForAll">True for a command that is for the whole agent, never for one portfolio.</param>
/// <param name="Run">Carries it out, with reason, operator and portfolio.</param>
internal sealed record ControlCommand(
    string Verb, bool IsForAll, Func<ITradingControlGrain, string, string, string?, Task<TradingStatus>> Run)
{
    public static readonly ControlCommand Halt = new(CommandVerbs.Halt, false, (grain, reason, name, portfolio) => grain.Halt(reason, name, portfolio));

    public static readonly ControlCommand Resume =
        new(CommandVerbs.Resume, false, (grain, reason, name, portfolio) => grain.Resume(reason, name, portfolio));

    public static readonly ControlCommand Arm = new(CommandVerbs.Arm, true, (grain, reason, name, _) => grain.Arm(reason, name));

    public static readonly ControlCommand Disarm = new(CommandVerbs.Disarm, true, (grain, reason, name, _) => grain.Disarm(reason, name));

    public static readonly ControlCommand Flatten =
        new(CommandVerbs.Flatten, false, (grain, reason, name, portfolio) => grain.Flatten(reason, name, portfolio));
}
