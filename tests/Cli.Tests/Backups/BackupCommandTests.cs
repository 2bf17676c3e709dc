using System.CommandLine;
using System.Text.Json;
using BtcAgent.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Cli.Tests.Backups;

public sealed class BackupCommandTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("btcagent-cli-backup-");

    private string Data => Path.Combine(_root.FullName, "data");

    private string KeyFile => Path.Combine(_root.FullName, "backup.key");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task CreateListVerifyRestore_OfADataFolder_Succeed()
    {
        await WriteStateAsync();
        File.WriteAllText(KeyFile, new string('a', 64));
        var (code, output, error) = Run("create", "--data", Data, "--key-file", KeyFile, "--json");
        Assert.Equal((0, ""), (code, error));
        using var created = JsonDocument.Parse(output);
        var name = created.RootElement.GetProperty("name").GetString()!;
        Assert.True(created.RootElement.GetProperty("isEncrypted").GetBoolean());
        Assert.Equal(1, created.RootElement.GetProperty("states").GetProperty("portfolio").GetInt32());

        Assert.Contains($"1 backups in '{Path.Combine(Data, "backups")}'", Run("list", "--data", Data).Output, StringComparison.Ordinal);
        Assert.Contains(name, Run("verify", "--data", Data, "--key-file", KeyFile).Output, StringComparison.Ordinal);

        var keyless = Run("verify", "--data", Data);
        Assert.Equal((1, $"btcagent: the backup '{name}' is encrypted: set BTCAGENT_BACKUP_KEY or Backup:KeyFile to the key that it was made with"),
            (keyless.Code, keyless.Error.Trim()));
        var refused = Run("restore", "--data", Data, "--key-file", KeyFile);
        Assert.Equal(1, refused.Code);
        Assert.Contains("add --force", refused.Error, StringComparison.Ordinal);
        var restored = Run("restore", name, "--data", Data, "--key-file", KeyFile, "--force", "--json");
        Assert.Equal(0, restored.Code);
        using var json = JsonDocument.Parse(restored.Output);
        Assert.True(Directory.Exists(json.RootElement.GetProperty("movedAsideTo").GetString()));
    }

    [Fact]
    public async Task Create_WithoutAMask_ClosesTheBackupToOthers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the modes of files are those of Unix");
        await WriteStateAsync();
        var store = Path.Combine(_root.FullName, "new", "store");
        Assert.Equal(0, Run("create", "--data", Data, "--store", store).Code);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(store))));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(store));
        }
    }

    [Theory]
    [InlineData("create --endpoint http://x", 2, "--endpoint needs --store s3://")]
    [InlineData("create --keep 0", 2, "--keep must be at least 1")]
    [InlineData("create", 3, "does not exist: there is nothing to back up")]
    [InlineData("verify", 3, "there is no backup in")]
    [InlineData("restore nowhere", 3, "there is no backup 'nowhere'")]
    public void AnyCommand_BadInput_SaysWhyInOneLine(string line, int code, string expected)
    {
        var result = Run([.. line.Split(' '), "--data", Data]);
        Assert.Equal(code, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    private async Task WriteStateAsync()
    {
        using var folder = DataFolder.Open(Data);
        var options = new EmbeddedStoreOptions();
        using var state = new StateStore(folder, options, TimeProvider.System);
        await using var journal = new Journal(folder, options, NullLogger<Journal>.Instance);
        _ = new StateGuard(folder, state, journal, options, TimeProvider.System, NullLogger<StateGuard>.Instance);
        await state.WriteAsync(new StateKey("btcagent", "portfolio", "main"), "{}", null);
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandTree.Invoke(
            ["backup", .. arguments], new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return (code, output.ToString(), error.ToString());
    }
}
