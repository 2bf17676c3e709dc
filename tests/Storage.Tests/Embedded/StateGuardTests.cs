using BtcAgent.Storage.Embedded;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Storage.Tests.Embedded;

public sealed class StateGuardTests : IDisposable
{
    private static readonly StateKey Risk = new("btcagent", "risk", "main");

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("btcagent-guard-");

    private string StatePath => Path.Combine(root.FullName, "data", "state.db");

    private string CopyPath => Path.Combine(root.FullName, "copy.db");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public async Task Start_StateAndJournalBelongTogether_GoesOn()
    {
        await RunAsync(writes: 3);
        await RunAsync(writes: 3);

        Assert.Equal(6, await RunAsync(writes: 0));
    }

    [Fact]
    public async Task Start_StateDeleted_RefusesAndNamesTheCommand()
    {
        await RunAsync(writes: 3);
        File.Delete(StatePath);

        var said = await RefusalAsync();

        Assert.Contains("is missing, but the journal", said);
        Assert.Contains("--accept-state missing-", said);
    }

    [Fact]
    public async Task Start_JournalDeleted_RefusesAndNamesTheCommand()
    {
        await RunAsync(writes: 3);
        File.Delete(Path.Combine(root.FullName, "data", "journal.db"));

        var said = await RefusalAsync();

        Assert.Contains("is missing, with the record of its 3 commits", said);
        await RunAsync(writes: 1, said.Split("--accept-state ")[1].Split(':')[0], journal => Assert.Contains("nojournal-", journal.PendingHalt));
    }

    [Fact]
    public async Task Start_OldCopyPutBack_Refuses()
    {
        await RunAsync(writes: 3);
        File.Copy(StatePath, CopyPath);
        await RunAsync(writes: 3);
        File.Copy(CopyPath, StatePath, overwrite: true);

        Assert.Contains("is older than the journal", await RefusalAsync());
    }

    [Fact]
    public async Task Start_RowEdited_Refuses()
    {
        await RunAsync(writes: 3);
        Edit("UPDATE grain_state SET payload = replace(payload, 'halted', 'active')");

        Assert.Contains("was changed by a program other than the agent", await RefusalAsync());
    }

    [Fact]
    public async Task Start_StateOfAnotherFolder_Refuses()
    {
        await RunAsync(writes: 3);
        File.Move(StatePath, CopyPath);
        Directory.Delete(Path.Combine(root.FullName, "data"), recursive: true);
        await RunAsync(writes: 9);
        File.Move(CopyPath, StatePath, overwrite: true);

        Assert.Contains("is not the state that the journal", await RefusalAsync());
    }

    [Fact]
    public async Task Start_StateFromBeforeTheMarks_IsTakenOnce()
    {
        await RunAsync(writes: 3);
        Edit("DELETE FROM state_mark");
        File.Delete(Path.Combine(root.FullName, "data", "journal.db"));

        Assert.Equal(3, await RunAsync(writes: 0));
        Edit("DELETE FROM state_mark");
        Assert.Contains("--accept-state", await RefusalAsync());
    }

    [Fact]
    public async Task Start_AcceptedByItsCode_GoesOnOnceAndAsksForAHaltUntilItIsDone()
    {
        await RunAsync(writes: 3);
        File.Delete(StatePath);
        var said = await RefusalAsync();
        var code = said.Split("--accept-state ")[1].Split(':')[0];

        await RunAsync(writes: 1, code, journal => Assert.Contains(code, journal.PendingHalt));
        await RunAsync(writes: 1, halted: journal =>
        {
            Assert.Contains(code, journal.PendingHalt);
            Assert.Contains(code, Assert.Single(journal.Acts()));
        });
        await RunAsync(writes: 1, isHaltDone: true);
        await RunAsync(writes: 1, halted: journal => Assert.Null(journal.PendingHalt));

        File.Delete(StatePath);
        Assert.NotEqual(said, await RefusalAsync(code));
    }

    [Fact]
    public async Task Start_AfterTheJournalMissedTheLastCommits_GoesOn()
    {
        await RunAsync(writes: 3);
        File.Copy(Path.Combine(root.FullName, "data", "journal.db"), CopyPath);
        await RunAsync(writes: 3);
        File.Copy(CopyPath, Path.Combine(root.FullName, "data", "journal.db"), overwrite: true);

        Assert.Equal(6, await RunAsync(writes: 0));
    }

    /// <returns>The row's tag at the end.</returns>
    private async Task<long> RunAsync(int writes, string? accept = null, Action<Journal>? halted = null, bool isHaltDone = false)
    {
        using var folder = DataFolder.Open(Path.Combine(root.FullName, "data"));
        var options = new EmbeddedStoreOptions { AcceptState = accept };
        using var state = new StateStore(folder, options, TimeProvider.System);
        await using var journal = new Journal(folder, options, NullLogger<Journal>.Instance);
        _ = new StateGuard(folder, state, journal, options, TimeProvider.System, NullLogger<StateGuard>.Instance);
        halted?.Invoke(journal);
        for (var i = 0; i < writes; i++)
        {
            await state.WriteAsync(Risk, $$"""{"mode":"halted","n":{{i}}}""", state.Read(Risk)?.ETag);
        }

        if (isHaltDone)
        {
            await journal.HaltedAsync();
        }

        await journal.StoreAsync([], new JournalPlace("log", "risk_decisions", 0, 0, 1), CancellationToken.None);
        return state.Read(Risk)?.ETag ?? 0;
    }

    private async Task<string> RefusalAsync(string? accept = null) =>
        (await Assert.ThrowsAsync<EmbeddedStoreException>(() => RunAsync(writes: 0, accept))).Message;

    private void Edit(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={StatePath};Pooling=False");
        connection.Open();
        SqliteFile.Execute(connection, sql);
    }
}
