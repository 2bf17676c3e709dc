using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Trading;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.Silo.Journals;
using BtcAgent.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Silo.Tests.Journals;

public sealed class JournalSinkTests : IDisposable
{
    private static readonly LogPartition Partition = new("local-1", FactTopic.Decisions, 0);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-journal-sink-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Write_Decisions_StoresTextAsPublishedAndForgetsThemInMemory()
    {
        using var folder = DataFolder.Open(_folder.FullName);
        await using var journal = new Journal(folder, new EmbeddedStoreOptions(), NullLogger<Journal>.Instance);
        var memory = new DecisionMemory(10);
        await using var sink = new JournalSink(journal, memory, NullLogger<JournalSink>.Instance);
        var made = Enumerable.Range(0, 3).Select(number => Decisions.Of(number, outcome: number == 1 ? RiskOutcome.Approved : RiskOutcome.Hold)).ToList();
        made.ForEach(memory.Add);

        await sink.WriteAsync(Batch(0, [made[0], made[1]]), Cancelled);

        Assert.Equal([made[2].Id], memory.List(9, onlyWithOrders: false, portfolio: null).Select(decision => decision.Id));
        Assert.Equal(2, await sink.CheckpointAsync(Partition, Cancelled));
        Assert.Equal(Decisions.Message(made[0]).RecordJson, (await journal.FindAsync("d0", Cancelled))!.Json);
        var decisions = new StoredDecisions(journal, memory);
        Assert.Equal(["d2", "d1", "d0"], (await decisions.ListAsync(9, onlyWithOrders: false, null, Cancelled)).Select(decision => decision.Id.Text));
        Assert.Equal(["d2"], (await decisions.ListAsync(1, onlyWithOrders: false, null, Cancelled)).Select(decision => decision.Id.Text));
        Assert.Equal(["d1"], (await decisions.ListAsync(9, onlyWithOrders: true, "main", Cancelled)).Select(decision => decision.Id.Text));
        Assert.Empty(await decisions.ListAsync(9, onlyWithOrders: false, "other", Cancelled));
        Assert.Equal("d2", (await decisions.FindAsync(new DecisionId("d2"), Cancelled))!.Id.Text);
        Assert.Equal("d0", (await decisions.FindAsync(new DecisionId("d0"), Cancelled))!.Id.Text);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task Write_ARecordThatIsNoDecision_LeavesItOutAndStoresTheOthers(string record)
    {
        using var folder = DataFolder.Open(_folder.FullName);
        await using var journal = new Journal(folder, new EmbeddedStoreOptions(), NullLogger<Journal>.Instance);
        await using var sink = new JournalSink(journal, tail: null, NullLogger<JournalSink>.Instance);
        var bad = Decisions.Message(Decisions.Of(0));
        bad.RecordJson = record;

        await sink.WriteAsync(
            new FactBatch(Partition, 5, 7, [new FactRecord(5, default, "k", bad), new FactRecord(6, default, "k", Decisions.Message(Decisions.Of(1)))]), Cancelled);

        Assert.Equal(["d1"], (await journal.ListAsync(null, null, 9, Cancelled)).Select(entry => entry.Id));
        Assert.Equal(7, await sink.CheckpointAsync(Partition, Cancelled));
    }

    [Fact]
    public async Task Write_StoreRefuses_KeepsTheDecisionsInMemory()
    {
        var memory = new DecisionMemory(10);
        using (var folder = DataFolder.Open(_folder.FullName))
        {
            await using var journal = new Journal(folder, new EmbeddedStoreOptions(), NullLogger<Journal>.Instance);
            using var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder.JournalPath};Pooling=False");
            other.Open();
            using (var spoil = other.CreateCommand())
            {
                spoil.CommandText = "CREATE TRIGGER failing BEFORE INSERT ON decisions BEGIN SELECT RAISE(ABORT, 'worn out'); END";
                spoil.ExecuteNonQuery();
            }

            await using var sink = new JournalSink(journal, memory, NullLogger<JournalSink>.Instance);
            memory.Add(Decisions.Of(0));

            var refused = await Assert.ThrowsAsync<SinkException>(() => sink.WriteAsync(Batch(0, [Decisions.Of(0)]), Cancelled));

            Assert.Contains("worn out", refused.Message, StringComparison.Ordinal);
            Assert.Null(await sink.CheckpointAsync(Partition, Cancelled));
        }

        Assert.NotNull(memory.Find(new DecisionId("d0")));
    }

    [Fact]
    public void Add_MoreThanKept_TheOldestLeave()
    {
        var memory = new DecisionMemory(2);
        for (var number = 0; number < 5; number++)
        {
            memory.Add(Decisions.Of(number));
        }

        Assert.Equal(["d4", "d3"], memory.List(9, onlyWithOrders: false, portfolio: null).Select(decision => decision.Id.Text));
        Assert.Null(memory.Find(new DecisionId("d2")));
    }

    private static FactBatch Batch(long first, IReadOnlyList<Decision> decisions) => new(
        Partition,
        first,
        first + decisions.Count,
        [.. decisions.Select((decision, index) => new FactRecord(first + index, default, decision.Portfolio, Decisions.Message(decision)))]);
}
