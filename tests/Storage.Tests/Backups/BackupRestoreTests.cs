using BtcAgent.Storage.Backups;
using BtcAgent.Storage.Embedded;

namespace BtcAgent.Storage.Tests.Backups;

public sealed class BackupRestoreTests : IDisposable
{
    private readonly BackupRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Restore_AfterLaterTrades_HasOnlyTheEarlierAndHaltsOnce()
    {
        var name = await _rig.BackUpAsync("A");
        await _rig.RunAsync((state, journal) => BackupRig.TradeAsync(state, journal, "B"));
        Directory.Delete(_rig.Data, recursive: true);
        var restored = await _rig.Restore().RestoreAsync(name, _rig.Data, force: false, BackupRig.Cancel);

        Assert.Null(restored.Aside);
        var halt = await _rig.RunAsync(async (state, journal) =>
        {
            Assert.Equal("\"A\"", state.Read(BackupRig.Ledger)?.Payload);
            Assert.NotNull(await journal.FindAsync("A", BackupRig.Cancel));
            Assert.Null(await journal.FindAsync("B", BackupRig.Cancel));
            Assert.Contains($"restored from {name}", Assert.Single(journal.Acts()), StringComparison.Ordinal);
        });
        Assert.StartsWith("the state was restored from the backup of 2026-11-29 09:00:00Z", halt, StringComparison.Ordinal);
        await _rig.RunAsync((_, journal) => journal.HaltedAsync());
        Assert.Null(await _rig.RunAsync((state, journal) => BackupRig.TradeAsync(state, journal, "C")));
    }

    [Fact]
    public async Task Restore_FolderHasAState_NeedsForceAndMovesItAside()
    {
        var name = await _rig.BackUpAsync("A");
        await _rig.RunAsync((state, journal) => BackupRig.TradeAsync(state, journal, "B"));
        File.WriteAllText(Path.Combine(_rig.Data, "operator.key"), "stays");
        var refused = await Assert.ThrowsAsync<BackupException>(
            () => _rig.Restore().RestoreAsync(name, _rig.Data, force: false, BackupRig.Cancel));
        Assert.Equal(BackupFault.FolderInUse, refused.Fault);
        Assert.Contains("add --force to move it aside", refused.Message, StringComparison.Ordinal);

        var restored = await _rig.Restore().RestoreAsync(name, _rig.Data, force: true, BackupRig.Cancel);
        await _rig.RunAsync((state, _) =>
        {
            Assert.Equal("\"A\"", state.Read(BackupRig.Ledger)?.Payload);
            return Task.CompletedTask;
        });
        Assert.Equal("stays", File.ReadAllText(Path.Combine(_rig.Data, "operator.key")));
        Assert.Equal(["journal.db", "state.db"], Directory.GetFiles(restored.Aside!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(_rig.Leftovers());
    }

    /// <summary>The log of the old journal would otherwise be applied to the restored one.</summary>
    [Fact]
    public async Task Restore_OverAKilledAgentsFolder_MovesTheLogsAside()
    {
        var name = await _rig.BackUpAsync("A");
        File.WriteAllText(Path.Combine(_rig.Data, "journal.db-wal"), "left by a kill");
        File.Delete(Path.Combine(_rig.Data, "state.db"));
        var restored = await _rig.Restore().RestoreAsync(name, _rig.Data, force: true, BackupRig.Cancel);
        Assert.True(File.Exists(Path.Combine(restored.Aside!, "journal.db-wal")));
        Assert.NotNull(await _rig.RunAsync());
    }

    /// <summary>A look at an untouched window after the backup was one, too; a torn line was never reported.</summary>
    [Fact]
    public async Task Restore_OverLaterLooksAtUntouchedWindows_KeepsAllOfThem()
    {
        var looks = Path.Combine(_rig.Data, "training", "untouched-openings.jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(looks)!);
        File.WriteAllText(looks, "{\"first\":1}\n{\"only in the backup\":2}\n{\"torn");
        var name = await _rig.BackUpAsync("A");
        File.WriteAllText(looks, "{\"first\":1}\n{\"later\":3}\n");

        await _rig.Restore().RestoreAsync(name, _rig.Data, force: true, BackupRig.Cancel);
        _rig.Time.Advance(TimeSpan.FromSeconds(1));
        await _rig.Restore().RestoreAsync(name, _rig.Data, force: true, BackupRig.Cancel);
        Assert.Equal("{\"first\":1}\n{\"later\":3}\n{\"only in the backup\":2}\n", File.ReadAllText(looks));

        Directory.Delete(_rig.Data, recursive: true);
        await _rig.Restore().RestoreAsync(name, _rig.Data, force: false, BackupRig.Cancel);
        Assert.Equal("{\"first\":1}\n{\"only in the backup\":2}\n", File.ReadAllText(looks));
        Assert.Empty(_rig.Leftovers());
    }

    [Fact]
    public async Task Restore_FolderInUse_IsRefused()
    {
        var name = await _rig.BackUpAsync("A");
        await _rig.RunAsync(async (_, _) =>
        {
            var refused = await Assert.ThrowsAsync<EmbeddedStoreException>(
                () => _rig.Restore().RestoreAsync(name, _rig.Data, force: true, BackupRig.Cancel));
            Assert.Contains("another BtcAgent uses the data folder", refused.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Start_AfterAnInterruptedRestore_RefusesUntilItIsRunAgain()
    {
        var name = await _rig.BackUpAsync("A");
        File.WriteAllText(Path.Combine(_rig.Data, "restore.unfinished"), name);
        File.Delete(Path.Combine(_rig.Data, "state.db"));
        var refused = await Assert.ThrowsAsync<EmbeddedStoreException>(() => _rig.RunAsync());
        Assert.Contains("was interrupted: run the same 'btcagent backup restore' again", refused.Message, StringComparison.Ordinal);

        await _rig.Restore().RestoreAsync(name, _rig.Data, force: false, BackupRig.Cancel);
        Assert.NotNull(await _rig.RunAsync());
    }

    /// <summary>A restored state and the files of the time after the backup must not be mixed.</summary>
    [Fact]
    public async Task Start_RestoredStateBesideTheLaterJournal_IsRefused()
    {
        var name = await _rig.BackUpAsync("A");
        var restored = await _rig.Restore().RestoreAsync(name, _rig.Data, force: true, BackupRig.Cancel);
        File.Copy(Path.Combine(restored.Aside!, "journal.db"), Path.Combine(_rig.Data, "journal.db"), overwrite: true);
        var refused = await Assert.ThrowsAsync<EmbeddedStoreException>(() => _rig.RunAsync());
        Assert.Contains("is not the state that the journal beside it belongs to", refused.Message, StringComparison.Ordinal);
    }
}
