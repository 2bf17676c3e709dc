using System.Globalization;

namespace BtcAgent.Chaos.Tests.Attack;

/// <summary>How long an agent is attacked; from the environment, as <c>eng/attack-drill</c> sets it.</summary>
public sealed record AttackOptions(TimeSpan Duration, TimeSpan HaltEvery, string? JsonFile)
{
    /// <summary>Small enough for every build.</summary>
    public static AttackOptions Small { get; } = new(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(1), null);

    public static AttackOptions FromEnvironment() =>
        Environment.GetEnvironmentVariable("BTCAGENT_ATTACK_MINUTES") is { Length: > 0 } minutes
            ? new(
                TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)),
                TimeSpan.FromSeconds(5),
                Environment.GetEnvironmentVariable("BTCAGENT_ATTACK_JSON"))
            : Small;
}
