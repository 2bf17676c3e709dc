using System.Reflection;
using System.Text;
using BtcAgent.Contracts.Audit;
using BtcAgent.Domain;
using BtcAgent.Domain.Audit;
using BtcAgent.Grains.Audit;
using BtcAgent.Grains.Measurement;
using BtcAgent.Grains.Tests.Feeds;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Grains.Tests.Audit;

/// <summary>The audit of a cluster in pages of grain state.</summary>
public sealed class PagedAuditStoreTests
{
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_795_910_400_000);

    private readonly Dictionary<string, AuditPageGrain> _pages = new(StringComparer.Ordinal);
    private readonly PagedAuditStore _store;

    public PagedAuditStoreTests()
    {
        var factory = DispatchProxy.Create<IGrainFactory, Factory>();
        ((Factory)(object)factory).Pages = _pages;
        _store = new PagedAuditStore(factory);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(2_000)]
    public async Task Open_AfterEntries_ContinuesFromTheLast(int count)
    {
        var head = await WriteAsync(AuditHead.Genesis, count);

        Assert.Equal(head, (await _store.OpenAsync(null, Cancelled)).Head);
        var newest = await _store.ReadAsync(long.MaxValue, 300, Cancelled);
        Assert.Equal(Enumerable.Range(0, Math.Min(300, count)).Select(i => (long)(count - i)), newest.Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task Export_EachDay_VerifiesAsOneChain()
    {
        var head = await WriteAsync(AuditHead.Genesis, 1_000);
        var verifier = new AuditVerifier();
        foreach (var day in await _store.DaysAsync(Cancelled))
        {
            verifier.BeginDay(day);
            foreach (var line in Encoding.ASCII.GetString(await _store.ExportAsync(day, Cancelled)).TrimEnd('\n').Split('\n'))
            {
                verifier.Add(Encoding.ASCII.GetBytes(line));
            }
        }

        verifier.End(head, entriesMayFollow: false);
        Assert.Equal((1_000L, 0L), (verifier.Entries, verifier.FaultCount));
        Assert.Empty(await _store.ExportAsync("1999-01-01", Cancelled));
    }

    [Fact]
    public async Task Open_LastEntriesRemoved_ContinuesFromTheHead()
    {
        var head = await WriteAsync(AuditHead.Genesis, 300);
        _pages.Remove("000000000001");

        Assert.Equal(head, (await _store.OpenAsync(null, Cancelled)).Head);
    }

    [Fact]
    public async Task Read_OlderPages_GoesOnWhereThePageEnded()
    {
        await WriteAsync(AuditHead.Genesis, 600);
        var page = await _store.ReadAsync(301, 100, Cancelled);

        Assert.Equal((300L, 201L, 100), (page[0].Sequence, page[^1].Sequence, page.Count));
    }

    [Fact]
    public async Task Append_OperationOnceMoreAfterARestart_IsRecordedOnce()
    {
        var mark = new StoredState<AuditMarkState>();
        foreach (var outcome in new[] { AuditOutcome.Failed, AuditOutcome.Done, AuditOutcome.Done })
        {
            var log = new AuditLogGrain(_store, mark, new NoFacts(), TimeProvider.System, NullLogger<AuditLogGrain>.Instance);
            await log.OnActivateAsync(Cancelled);
            await log.Append(
            [
                new AuditDraft
                {
                    Id = AuditDraft.IdOf("a1", outcome),
                    Kind = AuditKind.Operator,
                    Actor = "ada",
                    Action = "resume",
                    Subject = "",
                    Outcome = outcome,
                    Operation = "a1",
                },
            ]);
        }

        var entries = await _store.ReadAsync(long.MaxValue, 10, Cancelled);
        Assert.Equal([(AuditOutcome.Done, "a1"), (AuditOutcome.Failed, "a1")], entries.Select(entry => (entry.Outcome, entry.Operation)));
    }

    private async Task<AuditHead> WriteAsync(AuditHead head, int count)
    {
        var lines = new List<AuditLine>();
        for (var i = 0; i < count; i++)
        {
            var line = AuditFormat.Write(head, Draft(i), Start + TimeSpan.FromMinutes(10 * i));
            lines.Add(line);
            head = new AuditHead(line.Entry.Sequence, line.Entry.Hash, line.Day);
        }

        foreach (var part in lines.Chunk(90))
        {
            await _store.AppendAsync(part, Cancelled);
        }

        return head;
    }

    private static AuditDraft Draft(int number) => new()
    {
        Id = $"{number}",
        Kind = AuditKind.Trading,
        Actor = "agent",
        Action = "fill",
        Subject = "main",
        Outcome = AuditOutcome.Done,
    };

    internal class Factory : DispatchProxy
    {
        public Dictionary<string, AuditPageGrain> Pages { get; set; } = [];

        protected override object Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Assert.Equal(typeof(IAuditPageGrain), targetMethod!.ReturnType);
            var key = (string)args![0]!;
            return Pages.TryGetValue(key, out var page) ? page : Pages[key] = new AuditPageGrain(new Memory());
        }
    }

    private sealed class Memory : IPersistentState<AuditPageGrainState>
    {
        public AuditPageGrainState State { get; set; } = new();

        public string Etag => "";

        public bool RecordExists => true;

        public Task ClearStateAsync() => Task.CompletedTask;

        public Task ReadStateAsync() => Task.CompletedTask;

        public Task WriteStateAsync() => Task.CompletedTask;
    }
}
