using System.Globalization;

namespace BtcAgent.Chaos.Tests.Attack;

/// <summary>How long an agent is attacked; from the environment, as <c>eng/attack-drill</c> sets it.</summary>
/// <param name="Duration">Of the attack.</param>
/// <param name="HaltEvery">Between a resume and the next halt.</param>
/// <param name="SlownessMax">
/// Halts may take this multiple of the slowest one before the attack, if that is more than a second: a build's machine may
/// be busy with other things. Null holds them to a second.
/// </param>
/// <param name="JsonFile">Where the figures go; null for nowhere.</param>
public sealed record AttackOptions(TimeSpan Duration, TimeSpan HaltEvery, double? SlownessMax, string? JsonFile)
{
    /// <summary>Small enough for every build.</summary>
    public static AttackOptions Small { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(0.8), 5, null);

    public static AttackOptions FromEnvironment() =>
        Environment.GetEnvironmentVariable("BTCAGENT_ATTACK_MINUTES") is { Length: > 0 } minutes
            ? new(
                TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)),
                TimeSpan.FromSeconds(5),
                null,
                Environment.GetEnvironmentVariable("BTCAGENT_ATTACK_JSON"))
            : Small;
}
