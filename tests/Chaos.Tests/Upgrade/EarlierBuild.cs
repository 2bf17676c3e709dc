namespace BtcAgent.Chaos.Tests.Upgrade;

/// <summary>An earlier build whose data this build must be able to use.</summary>
internal static class EarlierBuild
{
    /// <summary>Path of its <c>BtcAgent.Silo.dll</c>; skips the test when none is given.</summary>
    public static string Silo()
    {
        var path = Environment.GetEnvironmentVariable("BTCAGENT_EARLIER_SILO");
        Assert.SkipWhen(string.IsNullOrEmpty(path), "builds an earlier commit first: run eng/upgrade-drill COMMIT");
        Assert.True(File.Exists(path), $"BTCAGENT_EARLIER_SILO: '{path}' does not exist");
        return path!;
    }
}
