using System.Globalization;

namespace BtcAgent.Chaos.Tests.Social;

/// <summary>Options of a drill of the reader of posts, from the environment that <c>eng/social-drill</c> sets.</summary>
/// <param name="Seed">Seed of the posts and of the instants of the kills.</param>
/// <param name="Kills">Kills of the agent.</param>
/// <param name="JsonFile">File for the result; null writes none.</param>
internal sealed record SocialDrillOptions(int Seed, int Kills, string? JsonFile)
{
    public static SocialDrillOptions FromEnvironment() => new(
        Number("BTCAGENT_SOCIAL_SEED", 1), Number("BTCAGENT_SOCIAL_KILLS", 3), Environment.GetEnvironmentVariable("BTCAGENT_SOCIAL_JSON"));

    private static int Number(string name, int fallback) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
}
