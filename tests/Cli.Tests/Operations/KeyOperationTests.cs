using BtcAgent.Cli.Tests.Agents;

namespace BtcAgent.Cli.Tests.Operations;

/// <summary>Keys and confirmations of a running agent in another process.</summary>
[Collection(OperatedAgentCollection.Name)]
public sealed class KeyOperationTests(AgentFixture agent) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-keys-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Keys_CreateUseRotateRevoke_ActOnTheAgent()
    {
        var file = Path.Combine(_folder.FullName, "anna.key");
        var created = agent.Run("keys", "create", "anna", "--role", "viewer", "--out", file, "--reason", "joins the desk", "--json").Expect(0).Json;
        var id = created.GetProperty("key").GetProperty("id").GetString()!;
        Assert.Null(created.GetProperty("secret").GetString());
        Assert.StartsWith($"btck_{id}_", File.ReadAllText(file), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.Contains("paper on Simulator", With(file, "status").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("needs the role trader", With(file, "halt", "--reason", "a viewer tries").Expect(4).Error, StringComparison.Ordinal);
        Assert.Contains("needs the role admin", With(file, "keys", "list").Expect(4).Error, StringComparison.Ordinal);

        var next = agent.Run("keys", "rotate", id, "--grace-minutes", "0", "--reason", "yearly").Expect(0).Output;
        Assert.Contains($"shown only now: btck_{id}_", next, StringComparison.Ordinal);
        With(file, "status").Expect(4);
        Assert.Contains("anna", agent.Run("keys", "list").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("revoked", agent.Run("keys", "revoke", id, "--reason", "leaves the desk").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("revoked", agent.Run("keys", "rotate", id, "--reason", "too late").Expect(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_WrongArguments_SayWhatToGive()
    {
        Assert.Contains("--role is viewer", agent.Run("keys", "create", "bob", "--role", "king", "--reason", "test").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("exists: name a new file", agent.Run("keys", "create", "bob", "--role", "viewer", "--out", agent.KeyFile, "--reason", "test").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("is not a command", agent.Run("keys", "create", "bob", "--role", "trader", "--verb", "dance", "--reason", "test").Expect(1).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("bob", agent.Run("keys", "list").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Confirm_NothingWaits_SaysSo()
    {
        Assert.Contains("no command waits for a second person", agent.Run("confirm", "list").Expect(0).Output, StringComparison.Ordinal);
        Assert.NotEmpty(agent.Run("confirm", "accept", "none", "--reason", "test").Expect(1).Error);
        Assert.NotEmpty(agent.Run("confirm", "refuse", "none", "--reason", "test").Expect(1).Error);
    }

    private CommandRun With(string keyFile, params string[] arguments) => CommandRun.Of([.. arguments, "--url", $"{agent.Url}", "--key-file", keyFile]);
}
