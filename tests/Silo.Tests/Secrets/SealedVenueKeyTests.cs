using System.Globalization;
using System.Text;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Storage.Secrets;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Secrets;

/// <summary>An agent for real money starts with its sealed key, and does not start with one that is not as it was sealed.</summary>
public sealed class SealedVenueKeyTests : IDisposable
{
    private const string ApiKey = "planted-api-key";
    private const string Secret = "planted-secret";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-venue-key-");
    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory("btcagent-kek-");

    private string Sealed => Path.Combine(_folder.FullName, "venue-binance-live.key");

    private string Kek => Path.Combine(_elsewhere.FullName, "kek");

    public SealedVenueKeyTests() => WriteKek('a');

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _elsewhere.Delete(recursive: true);
    }

    [Fact]
    public async Task Start_SealedKey_IsOpened()
    {
        Seal("binance-live");

        await using var app = AgentHost.Build(Settings());

        Assert.Equal("HMAC-SHA256", app.Services.GetRequiredService<BinanceCredentials>().Algorithm);
    }

    [Fact]
    public async Task Start_KeyEncryptionKeyByCommand_OpensTheKey()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the programs are those of Unix");
        Seal("binance-live");

        await using var app = AgentHost.Build(new AgentSettings
        {
            Port = 0,
            Venue = VenueKind.BinanceLive,
            DataFolder = _folder.FullName,
            Overrides = [new("Secrets:KeyCommand:0", "tr"), new("Secrets:KeyCommand:1", "b"), new("Secrets:KeyCommand:2", "a"), new("Secrets:WrappedKeyFile", WriteKek('b', "wrapped"))],
        });

        Assert.Equal("HMAC-SHA256", app.Services.GetRequiredService<BinanceCredentials>().Algorithm);
    }

    [Fact]
    public void Start_WrongKeyEncryptionKey_IsRefused()
    {
        Seal("binance-live");
        WriteKek('c');

        Assert.Contains("was sealed with the key-encryption key", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Start_FlippedByte_IsRefused()
    {
        Seal("binance-live");
        var text = File.ReadAllText(Sealed);
        var box = text.IndexOf("\"box\": \"", StringComparison.Ordinal) + 30;
        File.WriteAllText(Sealed, string.Concat(text.AsSpan(0, box), text[box] == 'A' ? "B" : "A", text.AsSpan(box + 1)));

        Assert.Contains("was changed since it was sealed", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Start_TruncatedFile_IsRefused()
    {
        Seal("binance-live");
        File.WriteAllBytes(Sealed, File.ReadAllBytes(Sealed)[..100]);

        Assert.Contains("is damaged or cut off", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Start_AnotherVenuesKey_IsRefused()
    {
        Seal("binance-testnet");

        Assert.Contains("is one of binance-testnet, not of binance-live", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Start_OpenModes_AreRefusedBeforeTheFolderIsClosed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the modes of files are those of Unix");
        Seal("binance-live");
        foreach (var file in new[] { Sealed, Kek })
        {
            Mode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.Contains($"chmod 600 '{file}'", Refusal(), StringComparison.Ordinal);
            Assert.Contains($"chmod 600 '{file}'", Refusal(), StringComparison.Ordinal);
            Mode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void Start_KeyInClearBesideTheSealedOne_IsRefused()
    {
        Seal("binance-live");

        var refusal = Refusal(("BinanceTrading:SecretKey", "planted-other"));

        Assert.Contains("is given twice", refusal, StringComparison.Ordinal);
        Assert.Contains("BinanceTrading:SecretKey", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_NamedFileThatIsMissing_IsRefused() =>
        Assert.Contains("cannot be read", Refusal(("Secrets:VenueKeyFile", Path.Combine(_folder.FullName, "nowhere.key"))), StringComparison.Ordinal);

    [Fact]
    public void Start_SettingsThatContradict_AreRefused()
    {
        Seal("binance-live");

        Assert.Contains("both give the key-encryption key", Refusal(("Secrets:KeyCommand:0", "true")), StringComparison.Ordinal);
        Assert.Contains("needs Secrets:KeyCommand", Refusal(("Secrets:WrappedKeyFile", Kek)), StringComparison.Ordinal);
    }

    /// <summary>The old way remains, and is said aloud for real money.</summary>
    [Theory]
    [InlineData("binance-live", true)]
    [InlineData("binance-testnet", false)]
    public async Task Program_KeyInClear_IsWarnedAboutForRealMoney(string venue, bool isWarned)
    {
        string[] settings =
        [
            "BinanceTrading:ApiKey=planted-api", "BinanceTrading:SecretKey=planted-secret", "Binance:RestBaseAddress=https://127.0.0.1:1",
            "Binance:StreamBaseAddress=wss://127.0.0.1:1", "BinanceTrading:WebSocketApiAddress=wss://127.0.0.1:1",
        ];
        using var agent = new AgentProgram(_folder.FullName, ["--venue", venue, .. settings.SelectMany(setting => new[] { "--set", setting })]);
        // Nothing listens at the venue's address.
        Assert.NotEqual(ExitCodes.Ok, await agent.WaitUntilEndedAsync(TestContext.Current.CancellationToken));

        Assert.Equal(isWarned, agent.Said.Contains("not encrypted at rest (BinanceTrading:ApiKey, BinanceTrading:SecretKey)", StringComparison.Ordinal));
        Assert.DoesNotContain("planted", agent.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_RefusedKey_EndsWithOneLine()
    {
        Seal("binance-live");
        WriteKek('c');
        using var agent = new AgentProgram(_folder.FullName, "--venue", "binance-live", "--set", $"Secrets:KeyFile={Kek}");

        Assert.Equal(ExitCodes.Environment, await agent.WaitUntilEndedAsync(TestContext.Current.CancellationToken));

        var line = Assert.Single(agent.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.StartsWith("btcagent: the sealed key ", line, StringComparison.Ordinal);
    }

    private AgentSettings Settings(params (string Key, string Value)[] more) => new()
    {
        Port = 0,
        Venue = VenueKind.BinanceLive,
        DataFolder = _folder.FullName,
        Overrides = [new("Secrets:KeyFile", Kek), .. more.Select(each => KeyValuePair.Create(each.Key, (string?)each.Value))],
    };

    private string Refusal(params (string Key, string Value)[] more)
    {
        var failure = Record.Exception(() =>
        {
            using var app = (IDisposable)AgentHost.Build(Settings(more));
        });
        Assert.NotNull(failure);
        var explained = StartupProblems.Explain(failure);
        Assert.True(explained is not null, $"not explained: {failure}");
        Assert.DoesNotContain('\n', explained);
        Assert.DoesNotContain("planted", failure.ToString(), StringComparison.Ordinal);
        return explained;
    }

    private void Seal(string owner)
    {
        using var key = KeyEncryptionKey.Parse(new string('a', 64), "a test");
        SealedSecret.Seal(Encoding.ASCII.GetBytes($"{ApiKey}\n{Secret}"), owner, "main", key, DateTimeOffset.Parse("2026-11-29Z", CultureInfo.InvariantCulture)).Save(Sealed);
    }

    private string WriteKek(char digit, string name = "kek")
    {
        var path = Path.Combine(_elsewhere.FullName, name);
        File.WriteAllText(path, new string(digit, 64));
        Mode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private static void Mode(string file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }
    }
}
