using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Tests.Roles;

/// <summary>Only the owner can access the data folder, including files that existed before.</summary>
public sealed class PrivateFolderTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode OpenFolder = Owner | Readable | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-private-");

    public PrivateFolderTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are Unix's");

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Start_OverAnOpenFolder_ClosesItAndEverythingInIt()
    {
        var nested = Directory.CreateDirectory(Path.Combine(Data, "tapes", ".hidden"));
        var tape = Path.Combine(nested.FullName, "a.gz");
        await File.WriteAllTextAsync(tape, "", TestContext.Current.CancellationToken);
        foreach (var folder in (string[])[Data, Path.Combine(Data, "tapes"), nested.FullName])
        {
            SetMode(folder, OpenFolder);
        }

        SetMode(tape, Readable);

        await using (await RunningAgent.StartAsync(Data, RunningAgent.Restless))
        {
            Assert.Empty(OpenEntries());
            Assert.Contains(Path.Combine(Data, "state.db-wal"), Directory.GetFiles(Data));
        }

        Assert.Empty(OpenEntries());
    }

    [Fact]
    public async Task Start_OnNothing_MakesAFolderForItsOwnerAlone()
    {
        await using (await RunningAgent.StartAsync(Data, RunningAgent.Restless))
        {
            Assert.Equal(Owner, ModeOf(Data));
            Assert.Empty(OpenEntries());
        }
    }

    [Fact]
    public void Ensure_LinkInTheFolder_IsNotFollowed()
    {
        Directory.CreateDirectory(Data);
        var elsewhere = Path.Combine(_folder.FullName, "elsewhere");
        File.WriteAllText(elsewhere, "");
        SetMode(elsewhere, Readable);
        File.CreateSymbolicLink(Path.Combine(Data, "link"), elsewhere);

        PrivateFolder.Ensure(Data, isShared: false);

        Assert.Equal(Readable, ModeOf(elsewhere));
    }

    [Theory]
    [InlineData(OpenFolder, false, true)]
    [InlineData(OpenFolder, true, false)]
    [InlineData(Owner | UnixFileMode.GroupRead | UnixFileMode.GroupExecute, false, false)]
    public void Tighten_FolderOfAnother_IsRefusedUnlessSharedOrClosedToOthers(UnixFileMode mode, bool isShared, bool refused)
    {
        Directory.CreateDirectory(Data);
        SetMode(Data, mode);
        var failure = Record.Exception(() => Tighten(isShared));
        Assert.Equal(refused, failure is StartupException);
        Assert.True(refused || failure is null, failure?.ToString());
        if (refused)
        {
            Assert.Contains(Data, failure!.Message, StringComparison.Ordinal);
            Assert.Contains("Data:Shared", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Tighten_OpenFileOfAnother_IsRefusedAlsoInASharedFolder()
    {
        Directory.CreateDirectory(Data);
        SetMode(Data, Owner);
        var key = Path.Combine(Data, "operator.key");
        File.WriteAllText(key, "");
        SetMode(key, Readable);
        Assert.Contains(key, Assert.Throws<StartupException>(() => Tighten(isShared: true)).Message, StringComparison.Ordinal);
    }

    /// <summary>Acts like a user who owns none of the files, since tests may run as root.</summary>
    private void Tighten(bool isShared)
    {
        if (!OperatingSystem.IsWindows())
        {
            PrivateFolder.Tighten(Data, isShared, (path, _) => throw new UnauthorizedAccessException($"{path}: not permitted"));
        }
    }

    private List<string> OpenEntries() =>
    [
        .. Directory.EnumerateFileSystemEntries(Data, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Prepend(Data)
            .Where(path => (ModeOf(path) & ~Owner) != 0)
            .Select(path => $"{path}: {ModeOf(path)}"),
    ];

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? 0 : File.GetUnixFileMode(path);

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
