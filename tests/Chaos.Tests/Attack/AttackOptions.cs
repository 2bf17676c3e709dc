using System.Globalization;

namespace BtcAgent.Chaos.Tests.Attack;

/// <summary>Options of the attack drill, from the environment that <c>eng/attack-drill</c> sets.</summary>
/// <param name="Duration">Duration of the attack.</param>
/// <param name="HaltEvery">Time between a resume and the next halt.</param>
/// <param name="SlownessMax">
/// Halts may take this multiple of the slowest one before the attack, if that is more than a second: a build's machine may be
/// busy. Null limits them to a second.
/// </param>
/// <param name="JsonFile">File for the figures; null writes none.</param>
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
