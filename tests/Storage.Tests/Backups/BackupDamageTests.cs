using BtcAgent.Storage.Backups;

namespace BtcAgent.Storage.Tests.Backups;

/// <summary>Negative controls of verify and restore.</summary>
public sealed class BackupDamageTests : IDisposable
{
    /// <summary>Bytes at the beginning, header and manifest among them, of which each one is flipped.</summary>
    private const int Dense = 600;

    private readonly BackupRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData(BackupRig.Key)]
    [InlineData(null)]
    public async Task Verify_AnyByteFlipped_NamesThePart(string? key)
    {
        var name = await _rig.BackUpAsync(key: key);
        var path = Path.Combine(_rig.Store, name);
        var bytes = File.ReadAllBytes(path);
        var named = new HashSet<string>(StringComparer.Ordinal);
        var step = Math.Max(1, bytes.Length / 100);
        for (var at = 0; at < bytes.Length; at += at < Dense ? 1 : step)
        {
            var flipped = (byte[])bytes.Clone();
            flipped[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(path, flipped);
            var error = await Assert.ThrowsAsync<BackupException>(() => _rig.Archive(key).VerifyAsync(name, BackupRig.Cancel));
            Assert.True(error.Fault == BackupFault.Damaged, $"byte {at}: {error.Message}");
            Assert.StartsWith($"the backup '{name}' is damaged in ", error.Message, StringComparison.Ordinal);
            named.Add(error.Message.Split(" is damaged in ")[1].Split(" (")[0]);
        }

        Assert.Equal(["its header", "its manifest", "part 'journal.db'", "part 'state.db'"], named.Order(StringComparer.Ordinal));
        File.WriteAllBytes(path, bytes);
        await _rig.Archive(key).VerifyAsync(name, BackupRig.Cancel);
        Assert.Empty(_rig.Leftovers());
    }

    [Theory]
    [InlineData(BackupRig.Key)]
    [InlineData(null)]
    public async Task Verify_CutOrLonger_SaysSo(string? key)
    {
        var name = await _rig.BackUpAsync(key: key);
        var path = Path.Combine(_rig.Store, name);
        var bytes = File.ReadAllBytes(path);
        foreach (var length in new[] { 0, 5, 100, bytes.Length / 2, bytes.Length - 1 })
        {
            File.WriteAllBytes(path, bytes[..length]);
            var cut = await Assert.ThrowsAsync<BackupException>(() => _rig.Archive(key).VerifyAsync(name, BackupRig.Cancel));
            Assert.Equal(BackupFault.Damaged, cut.Fault);
        }

        File.WriteAllBytes(path, [.. bytes, 0]);
        var longer = await Assert.ThrowsAsync<BackupException>(() => _rig.Archive(key).VerifyAsync(name, BackupRig.Cancel));
        Assert.Contains("its end (bytes were added)", longer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_Damaged_RefusesAndLeavesTheFolderUnchanged()
    {
        var name = await _rig.BackUpAsync();
        var path = Path.Combine(_rig.Store, name);
        var bytes = File.ReadAllBytes(path);
        bytes[^20] ^= 1;
        File.WriteAllBytes(path, bytes);
        var before = Directory.GetFileSystemEntries(_rig.Data);
        var error = await Assert.ThrowsAsync<BackupException>(
            () => _rig.Restore().RestoreAsync(name, _rig.Data, force: true, BackupRig.Cancel));

        Assert.Contains("damaged in part 'journal.db'", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(_rig.Data));
        Assert.Null(await _rig.RunAsync());
    }

    [Theory]
    [InlineData(BackupRig.Key, "another passphrase of mine", "was made with another key")]
    [InlineData(BackupRig.Key, "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "was made with another key")]
    [InlineData("correct horse battery", "correct horse batterie", "was made with another key")]
    [InlineData("correct horse battery", null, "is encrypted: set BTCAGENT_BACKUP_KEY or Backup:KeyFile")]
    public async Task Verify_WrongKey_SaysSo(string made, string? used, string expected)
    {
        var name = await _rig.BackUpAsync(key: made);
        var error = await Assert.ThrowsAsync<BackupException>(() => _rig.Archive(used).VerifyAsync(name, BackupRig.Cancel));
        Assert.Equal(BackupFault.Key, error.Fault);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(used ?? made, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_NewerFormat_SaysSo()
    {
        var name = BackupName.Of(_rig.Time.GetUtcNow());
        Directory.CreateDirectory(_rig.Store);
        using (var file = File.Create(Path.Combine(_rig.Store, name)))
        {
            BackupWriter.WriteHeader(file, new BackupHeader(2, "9.0.0", _rig.Time.GetUtcNow(), "something-new", 0, "", null));
        }

        var error = await Assert.ThrowsAsync<BackupException>(() => _rig.Archive().VerifyAsync(name, BackupRig.Cancel));
        Assert.Equal(
            (BackupFault.Newer, $"the backup '{name}' was made by a newer BtcAgent (format 2, this one reads up to 1): run that one"),
            (error.Fault, error.Message));
    }

    [Fact]
    public async Task Verify_MissingBackup_SaysWhere()
    {
        var error = await Assert.ThrowsAsync<BackupException>(() => _rig.Archive().VerifyAsync("../state.db", BackupRig.Cancel));
        Assert.Equal($"there is no backup '../state.db' in '{_rig.Store}': 'btcagent backup list' shows those there", error.Message);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("")]
    public void Parse_ShortKey_IsRefusedWithoutShowingIt(string key)
    {
        var error = Assert.Throws<BackupException>(() => BackupKey.Parse(key));
        Assert.Contains($"has {key.Length} characters", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("short", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WithKey_HidesTheContents()
    {
        var name = await _rig.BackUpAsync("a-secret-trade-name");
        var text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(_rig.Store, name)));
        Assert.DoesNotContain("state.db", text, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret-trade-name", text, StringComparison.Ordinal);
        var again = Path.Combine(_rig.Store, name);
        var first = File.ReadAllBytes(again);
        File.Delete(again);
        await _rig.Archive().CreateAsync(_rig.Data, BackupRig.Cancel);
        Assert.NotEqual(first, File.ReadAllBytes(again));
    }
}
