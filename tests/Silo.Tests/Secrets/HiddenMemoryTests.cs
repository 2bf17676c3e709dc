using BtcAgent.Silo.Secrets;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Tests.Secrets;

/// <summary>Memory and environment of an agent with keys: no other process of its user reads them, and no core dump has them.</summary>
public sealed class HiddenMemoryTests
{
    [Theory]
    [InlineData(VenueKind.BinanceLive, MemoryGuard.WithVenueKey, true)]
    [InlineData(VenueKind.BinanceTestnet, MemoryGuard.WithVenueKey, true)]
    [InlineData(VenueKind.BinancePaper, MemoryGuard.WithVenueKey, false)]
    [InlineData(VenueKind.Simulator, MemoryGuard.Always, true)]
    [InlineData(VenueKind.BinanceLive, MemoryGuard.Never, false)]
    public void IsWanted_ByVenueAndSetting(VenueKind venue, MemoryGuard guard, bool expected) => Assert.Equal(
        expected && OperatingSystem.IsLinux(), HiddenMemory.IsWanted(new AgentSettings { Venue = venue }, new SecretsOptions { MemoryGuard = guard }));

    [Theory]
    [InlineData("SEGV")]
    [InlineData("ABRT")]
    public async Task Program_Crashes_LeavesNoCore(string signal)
    {
        await GuardedAgent.DemandAsync();
        using var agent = new GuardedAgent("Secrets:MemoryGuard=Always");
        await agent.WaitUntilItRunsAsync();
        Assert.SkipUnless(await agent.LeavesCoresAsync(), "this machine keeps core dumps elsewhere, or none");

        await agent.EndByAsync(signal);

        Assert.Empty(agent.Leftovers());
    }

    [Fact]
    public async Task Program_OtherProcessOfItsUser_ReadsNothing()
    {
        await GuardedAgent.DemandAsync();
        using var agent = new GuardedAgent("Secrets:MemoryGuard=Always");
        await agent.WaitUntilItRunsAsync();

        foreach (var file in new[] { "environ", "mem", "maps", "fd" })
        {
            var (code, said) = await GuardedAgent.AsUserAsync(file == "fd" ? "ls" : "cat", $"/proc/{agent.Id}/{file}");
            Assert.NotEqual(0, code);
            Assert.Contains("Permission denied", said, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Directory.GetFiles(Path.GetTempPath(), $"*-{agent.Id}-*"), IsDiagnostic);
    }

    /// <summary>The control: without the guard the same process reads all of it.</summary>
    [Fact]
    public async Task Program_WithoutTheGuard_IsReadable()
    {
        await GuardedAgent.DemandAsync();
        using var agent = new GuardedAgent("Secrets:MemoryGuard=WithVenueKey");
        await agent.WaitUntilItRunsAsync();

        var (code, said) = await GuardedAgent.AsUserAsync("cat", $"/proc/{agent.Id}/environ");

        Assert.Equal(0, code);
        Assert.Contains(GuardedAgent.Planted, said, StringComparison.Ordinal);
        Assert.Equal(0, (await GuardedAgent.AsUserAsync("ls", $"/proc/{agent.Id}/fd")).Code);
        Assert.Contains(Directory.GetFiles(Path.GetTempPath(), $"*-{agent.Id}-*"), IsDiagnostic);
    }

    [Fact]
    public async Task Program_RuntimeThatWritesDumps_IsRefused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the memory is hidden on Linux only");
        using var agent = new Roles.AgentProgram(
            Path.Combine(Path.GetTempPath(), "never-made"), ["--set", "Secrets:MemoryGuard=Always"], new() { ["DOTNET_DbgEnableMiniDump"] = "1" });

        Assert.Equal(ExitCodes.Environment, await agent.WaitUntilEndedAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith("btcagent: DOTNET_DbgEnableMiniDump makes the runtime write its memory", agent.Said, StringComparison.Ordinal);
    }

    private static bool IsDiagnostic(string file) => Path.GetFileName(file) is { } name
        && (name.StartsWith("dotnet-diagnostic-", StringComparison.Ordinal) || name.StartsWith("clr-debug-pipe-", StringComparison.Ordinal));
}
