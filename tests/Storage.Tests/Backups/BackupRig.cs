using System.Globalization;
using BtcAgent.Storage.Backups;
using BtcAgent.Storage.Embedded;
using BtcAgent.Storage.Objects;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Storage.Tests.Backups;

/// <summary>A data folder with a state and a journal, and a store of backups beside it.</summary>
internal sealed class BackupRig : IDisposable
{
    public const string Key = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public static readonly StateKey Ledger = new("btcagent", "portfolio", "main");

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("btcagent-backup-");

    public BackupRig() => Directory.CreateDirectory(Data);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 29, 9, 0, 0, TimeSpan.Zero));

    public string Data => Path.Combine(_root.FullName, "data");

    public string Store => Path.Combine(_root.FullName, "store");

    public string Root => _root.FullName;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Delete(recursive: true);

    public BackupArchive Archive(string? key = Key, IObjectStore? store = null) =>
        new(store ?? new FolderObjectStore(Store), key is null ? null : BackupKey.Parse(key), Root, Time);

    public BackupRestore Restore(string? key = Key) => new(Archive(key), Time);

    /// <summary>Runs the store of an agent, which continues from its state; returns the pending halt of its start.</summary>
    public async Task<string?> RunAsync(Func<StateStore, Journal, Task>? act = null)
    {
        using var folder = DataFolder.Open(Data);
        var options = new EmbeddedStoreOptions();
        using var state = new StateStore(folder, options, Time);
        await using var journal = new Journal(folder, options, NullLogger<Journal>.Instance, Time);
        _ = new StateGuard(folder, state, journal, options, Time, NullLogger<StateGuard>.Instance);
        if (act is not null)
        {
            await act(state, journal);
        }

        return journal.PendingHalt;
    }

    /// <summary>Writes the ledger's next value and a decision with the same number.</summary>
    public static async Task TradeAsync(StateStore state, Journal journal, string name)
    {
        var before = state.Read(Ledger);
        await state.WriteAsync(Ledger, $"\"{name}\"", before?.ETag);
        var entry = new JournalEntry(
            name, 1_764_000_000_000_000_000, "BINANCE:BTCUSDT", "momentum", "main", "decision-order",
            string.Create(CultureInfo.InvariantCulture, $"{{\"trade\":\"{name}\"}}"));
        await journal.StoreAsync([entry], new JournalPlace("log", "risk_decisions", 0, 0, 1), CancellationToken.None);
    }

    /// <summary>Trades once and backs up; returns the backup's name.</summary>
    public async Task<string> BackUpAsync(string trade = "A", string? key = Key)
    {
        await RunAsync((state, journal) => TradeAsync(state, journal, trade));
        return (await Archive(key).CreateAsync(Data, Cancel)).Contents.Name;
    }

    /// <summary>Everything below the root except the data folder's and the store's files.</summary>
    public string[] Leftovers() => [.. Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories)
        .Where(path => path.Contains("staging", StringComparison.Ordinal) || path.Contains(".part", StringComparison.Ordinal)
            || path.Contains(".restoring", StringComparison.Ordinal))];
}
