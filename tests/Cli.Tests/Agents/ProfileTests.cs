using BtcAgent.Cli.Agents;
using BtcAgent.Testing;

namespace BtcAgent.Cli.Tests.Agents;

/// <summary>Which agent a command calls, and with which key. Sets environment variables, which the other tests' options outrank.</summary>
public sealed class ProfileTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-profiles-");
    private AgentDouble _agent = null!;

    public async ValueTask InitializeAsync()
    {
        _agent = await AgentDouble.StartAsync(AgentDouble.Answer(409, """{"detail":"reached"}"""));
        Environment.SetEnvironmentVariable(AgentProfiles.FolderVariable, _folder.FullName);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in new[] { AgentProfiles.FolderVariable, AgentAddressOptions.UrlVariable, AgentAddressOptions.KeyFileVariable, AgentAddressOptions.ProfileVariable })
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        await _agent.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Profile_SetListUseRemove_NamesAgents()
    {
        var first = CommandRun.Of("profile", "set", "paper", "--url", $"{_agent.Url}", "--key-file", _agent.KeyFile, "--json").Expect(0);
        Assert.Equal("paper", first.Json.GetProperty("default").GetString());
        CommandRun.Of("profile", "set", "live", "--url", "https://agent.example.org/btc", "--key-file", "nowhere.key").Expect(0);

        // The default one, and the one that is named.
        Assert.Contains("reached", CommandRun.Of("status").Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains("nowhere.key", CommandRun.Of("status", "--profile", "live").Expect(4).Error, StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(AgentAddressOptions.ProfileVariable, "live");
        Assert.Contains("nowhere.key", CommandRun.Of("status").Expect(4).Error, StringComparison.Ordinal);
        Assert.Contains("reached", CommandRun.Of("status", "--profile", "paper").Expect(1).Error, StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(AgentAddressOptions.ProfileVariable, null);

        var listed = CommandRun.Of("profile", "list").Expect(0).Output;
        Assert.Contains($"*  paper    {_agent.Url}", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(AgentDouble.Key, File.ReadAllText(AgentProfiles.Path), StringComparison.Ordinal);
        CommandRun.Of("profile", "remove", "paper").Expect(0);
        Assert.Contains("there is no profile 'paper'", CommandRun.Of("status", "--profile", "paper").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("there are live", CommandRun.Of("profile", "remove", "paper").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Environment_UrlAndKey_OutrankTheDefaultProfileOnly()
    {
        CommandRun.Of("profile", "set", "other", "--url", "https://agent.invalid", "--key-file", _agent.KeyFile, "--default").Expect(0);
        Environment.SetEnvironmentVariable(AgentAddressOptions.UrlVariable, $"{_agent.Url}");
        Environment.SetEnvironmentVariable(AgentAddressOptions.KeyFileVariable, _agent.KeyFile);

        Assert.Contains("reached", CommandRun.Of("status").Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains("agent.invalid", CommandRun.Of("status", "--profile", "other").Expect(3).Error, StringComparison.Ordinal);
    }

    /// <summary>The key of one agent must not reach another one, and must not cross a network in the clear.</summary>
    [Theory]
    [InlineData("status --url https://agent.example.org", "--url https://agent.example.org needs --key-file")]
    [InlineData("status --url http://agent.example.org --key-file k", "the key would cross the network in the clear")]
    [InlineData("status --url ftp://localhost", "'ftp://localhost' is not the address of an agent")]
    [InlineData("status --url localhost:5080", "'localhost:5080' is not the address of an agent")]
    [InlineData("status --url http://me:secret@localhost", "is not the address of an agent")]
    [InlineData("status --url http://localhost --profile x", "give either --url or --profile")]
    [InlineData("status --timeout 0", "--timeout must be above 0")]
    [InlineData("profile set a/b --url http://localhost --key-file k", "'a/b' is not a name for a profile")]
    [InlineData("profile set a --url http://agent.example.org --key-file k", "in the clear")]
    public void Options_UnsafeOrWrong_AreRefused(string line, string expected) =>
        Assert.Contains(expected, CommandRun.Of(line.Split(' ')).Expect(2).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"profiles":{"a":{"url":"http://localhost","keyFile":"k","key":"secret"}}}""")]
    [InlineData("""{"profiles":{"a":{"url":"http://localhost"}}}""")]
    [InlineData("[]")]
    public void Load_FileIsNotProfiles_IsRefused(string content)
    {
        File.WriteAllText(AgentProfiles.Path, content);

        Assert.Contains("cannot be read", CommandRun.Of("status").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_Profiles_HaveTheGoldenShape()
    {
        var profiles = AgentProfiles.Empty.Profiles
            .Add("live", new AgentProfile(new Uri("https://agent.example.org/"), "/keys/live.key", "/keys/ca.pem", AllowHttp: true))
            .Add("paper", new AgentProfile(new Uri("http://localhost:5080/"), "/data/operator.key"));

        new AgentProfiles(profiles, "paper").Save();

        GoldenFile.Check("Profiles/AgentProfiles.json", File.ReadAllText(AgentProfiles.Path));
        Assert.Equal(profiles["live"], AgentProfiles.Load().Get("live"));
    }

    [Fact]
    public void Key_IsNotAKey_ExitsWithFour()
    {
        var file = Path.Combine(_folder.FullName, "bad.key");
        File.WriteAllText(file, "two\nlines");

        Assert.Contains("does not contain a key", CommandRun.Of("status", "--url", "http://localhost", "--key-file", file).Expect(4).Error, StringComparison.Ordinal);
        Assert.Contains("cannot be read", CommandRun.Of("status", "--url", "http://localhost", "--key-file", "absent.key").Expect(4).Error, StringComparison.Ordinal);
    }
}
