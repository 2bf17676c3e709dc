using System.Diagnostics;
using BtcAgent.Cli.Tests.Agents;

namespace BtcAgent.Cli.Tests.Keys;

/// <summary>The verbs of the sealed venue's key, as an operator uses them; doctor opens what they wrote.</summary>
public sealed class VenueKeyCommandTests : IDisposable
{
    private const string Pem = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
        -----END PRIVATE KEY-----
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-venue-keys-");
    private readonly string _data;
    private readonly string _kek;

    public VenueKeyCommandTests()
    {
        _data = _folder.CreateSubdirectory("data").FullName;
        _kek = Write("kek", new string('a', 64));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Set_Show_Rotate_Remove_DoWhatTheySay()
    {
        var set = Run("set", "--json", "--api-key-file", Write("api", "planted-api\n"), "--secret-file", Write("pem", Pem), "--name", "desk").Expect(0);
        Assert.Equal("desk", set.Json.GetProperty("name").GetString());
        Assert.Equal("Ed25519", set.Json.GetProperty("algorithm").GetString());
        var first = set.Json.GetProperty("keyId").GetString();

        var shown = Run("show").Expect(0);
        Assert.Contains(first!, shown.Output, StringComparison.Ordinal);
        Assert.Contains("The agent can open it.", shown.Output, StringComparison.Ordinal);

        var next = Write("next", new string('b', 64));
        Assert.NotEqual(first, Run("rotate", "--json", "--new-key-file", next).Expect(0).Json.GetProperty("keyId").GetString());
        Assert.Contains("was sealed with the key-encryption key", Run("show").Expect(1).Error, StringComparison.Ordinal);
        File.WriteAllText(_kek, new string('b', 64));
        Assert.Equal("desk", Run("show", "--json").Expect(0).Json.GetProperty("name").GetString());
        Assert.Contains("is the present one", Run("rotate", "--new-key-file", next).Expect(1).Error, StringComparison.Ordinal);

        Assert.Contains("--yes", Run("remove").Expect(2).Error, StringComparison.Ordinal);
        Run("remove", "--yes").Expect(0);
        Assert.Contains("there is no key in", Run("remove", "--yes").Expect(1).Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_data));
    }

    [Fact]
    public void Set_BadInput_IsRefusedInOneLineWithoutTheSecret()
    {
        var (api, secret) = (Write("api", "planted-api"), Write("secret", "planted-secret"));
        Run("set", "--api-key-file", api, "--secret-file", secret).Expect(0);
        foreach (var (expected, run) in new[]
        {
            ("has a key already", Run("set", "--api-key-file", api, "--secret-file", secret)),
            ("the API key has 0 characters", Run("set", "--replace", "--api-key-file", Write("empty", "\n"), "--secret-file", secret)),
            ("printable", Run("set", "--replace", "--api-key-file", Write("two", "planted api"), "--secret-file", secret)),
            ("the secret of the API key is empty", Run("set", "--replace", "--api-key-file", api, "--secret-file", Write("none", " "))),
            ("is not an Ed25519 private key in PEM", Run("set", "--replace", "--api-key-file", api, "--secret-file", Write("rsa", Pem.Replace("MC4", "MC5")))),
            ("the name ''", Run("set", "--replace", "--name", "", "--api-key-file", api, "--secret-file", secret)),
            ("cannot be read", Run("set", "--replace", "--api-key-file", Path.Combine(_data, "nowhere"), "--secret-file", secret)),
            ("this agent's venue has no key", CommandRun.Of("keys", "venue", "show", "--", "--data", _data)),
            ("the agent's command line: unknown venue", CommandRun.Of("keys", "venue", "show", "--", "--venue", "nowhere")),
        })
        {
            Assert.Contains(expected, run.Expect(1).Error, StringComparison.Ordinal);
            Assert.DoesNotContain("planted", run.Error + run.Output, StringComparison.Ordinal);
            Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        Run("show").Expect(0);
    }

    [Fact]
    public void Set_OpenFiles_AreRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the modes of files are those of Unix");
        var (api, secret) = (Write("api", "planted-api"), Write("secret", "planted-secret"));
        foreach (var file in new[] { api, secret, _kek })
        {
            Open(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.Contains($"chmod 600 '{file}'", Run("set", "--api-key-file", api, "--secret-file", secret).Expect(1).Error, StringComparison.Ordinal);
            Open(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Assert.Empty(Directory.GetFiles(_data));
    }

    /// <summary>In its own process, because standard input belongs to one.</summary>
    [Fact]
    public async Task Set_KeyOnStandardInput_IsStored()
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "btcagent.dll"), "keys", "venue", "set", "--api-key-file", "-", "--secret-file", "-", .. Agent(),
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync($"planted-api\n{Pem}");
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal("Ed25519", Run("show", "--json").Expect(0).Json.GetProperty("algorithm").GetString());
    }

    [Fact]
    public async Task Doctor_SealedKey_SaysWhetherItOpens()
    {
        await using var venue = await AgentDouble.StartAsync(AgentDouble.Answer(404, "{}"));
        Run("set", "--api-key-file", Write("api", "planted-api"), "--secret-file", Write("secret", "planted-secret")).Expect(0);

        Assert.Contains("ok       venue-key-at-rest  the key is sealed in", Doctor(), StringComparison.Ordinal);
        Assert.Contains(
            "WARNING  venue-key-at-rest  the key-encryption key",
            Doctor("--set", $"Secrets:VenueKeyFile={Copy("venue-binance-testnet.key")}"), StringComparison.Ordinal);
        File.WriteAllText(_kek, new string('b', 64));
        Assert.Contains("PROBLEM  venue-key-at-rest  the sealed key", Doctor(), StringComparison.Ordinal);

        string Doctor(params string[] more) => CommandRun.Of(
            [
                "doctor", .. Agent(), "--port", "0", "--set", "Binance:Simulated=true", "--set", $"Binance:RestBaseAddress={venue.Url}", .. more,
            ]).Output;

        string Copy(string name)
        {
            File.Copy(Path.Combine(_data, name), Path.Combine(_folder.FullName, name));
            return Path.Combine(_folder.FullName, name);
        }
    }

    private CommandRun Run(string verb, params string[] options) => CommandRun.Of(["keys", "venue", verb, .. options, .. Agent()]);

    private string[] Agent() => ["--", "--venue", "binance-testnet", "--data", _data, "--set", $"Secrets:KeyFile={_kek}"];

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        Open(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private static void Open(string file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }
    }
}
