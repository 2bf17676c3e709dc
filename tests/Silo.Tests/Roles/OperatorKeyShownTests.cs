using BtcAgent.Client.Operators;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Roles;

/// <summary>The output of two starts on one folder, each in a separate process.</summary>
public sealed class OperatorKeyShownTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-key-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Start_SecondTimeOnAFolder_DoesNotShowTheKeyAgain()
    {
        var path = Path.Combine(_folder.FullName, OperatorKey.FileName);
        var first = await SaidAsync(path);
        var key = (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Trim();
        Assert.Contains(key, first, StringComparison.Ordinal);
        Assert.DoesNotContain(key, await SaidAsync(path), StringComparison.Ordinal);
    }

    /// <returns>The agent's output once it is live and has printed its banner with the path of the key file.</returns>
    private async Task<string> SaidAsync(string path)
    {
        using var agent = new AgentProgram(_folder.FullName, "--set", "StarterModel:Enabled=false");
        await agent.WaitUntilLiveAsync();
        await Eventually.TrueAsync(
            "the banner", () => Task.FromResult(agent.Said.Contains(path, StringComparison.Ordinal)), TimeSpan.FromSeconds(30), () => agent.Said);
        await Eventually.TrueAsync(
            "the banner's end", () => Task.FromResult(agent.Said.Contains("Ctrl-C stops it", StringComparison.Ordinal)), TimeSpan.FromSeconds(30), () => agent.Said);
        return agent.Said;
    }
}
