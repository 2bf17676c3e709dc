using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace BtcAgent.Streaming.Kafka.Tests;

public sealed class PartitionCacheTests
{
    private static readonly StreamId A = StreamId.Create("t", "a");
    private static readonly StreamId B = StreamId.Create("t", "b");

    private readonly List<RewindRequest> _rewinds = [];
    private readonly KafkaStreamOptions _options = new() { RetainedMessages = 2, PendingMessagesMax = 8 };
    private readonly PartitionCache _cache;

    public PartitionCacheTests() => _cache = NewCache(_options, _rewinds);

    [Fact]
    public void Sweep_WhileAConsumerLags_KeepsTheCommitAtWhatItNeeds()
    {
        Add((A, 10), (B, 11), (A, 12));
        var a = _cache.GetCacheCursor(A, Token(10));
        var b = _cache.GetCacheCursor(B, Token(11));
        Assert.Equal([11L], Drain(b));
        _cache.Sweep();
        Assert.Equal(10, _cache.DeliveredBelow);
        Assert.True(MoveNext(a));
        _cache.Sweep();
        Assert.Equal(10, _cache.DeliveredBelow); // 10 is with the consumer, not done.
        Assert.True(MoveNext(a));
        _cache.Sweep();
        Assert.Equal(12, _cache.DeliveredBelow);
        Assert.False(MoveNext(a));
        _cache.Sweep();
        Assert.Equal(13, _cache.DeliveredBelow);
        Assert.Equal(0, _cache.Pending);
    }

    [Fact]
    public void Sweep_AStreamThatNobodyHasAskedFor_IsKeptUntilSomebodyHas()
    {
        Add((A, 10));
        _cache.Sweep();
        Assert.Equal(10, _cache.DeliveredBelow);
        _cache.GetCacheCursor(A, Token(10)).Dispose();
        _cache.Sweep();
        Assert.Equal(11, _cache.DeliveredBelow);
    }

    [Fact]
    public void Sweep_WhileADeadLetterHasNoCopy_KeepsTheCommitAtIt()
    {
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        Add((A, 10));
        Assert.Equal([10L], Drain(_cache.GetCacheCursor(A, Token(10))));
        _cache.HoldFor(11, first.Task);
        _cache.HoldFor(13, second.Task);
        _cache.Pass(13);
        second.SetResult();
        _cache.Sweep();
        Assert.Equal(11, _cache.DeliveredBelow);
        first.SetResult();
        _cache.Sweep();
        Assert.Equal(14, _cache.DeliveredBelow);
    }

    [Fact]
    public void GetCacheCursor_OlderThanTheCache_ReadsAgainAndGoesOnWithoutHoleOrRepeat()
    {
        Add((A, 10), (A, 11));
        var cursor = _cache.GetCacheCursor(A, Token(5));
        var asked = Assert.Single(_rewinds);
        Assert.Equal((6L, 10L), (asked.NextOffset, asked.Until));
        Assert.False(MoveNext(cursor));
        _cache.Sweep();
        Assert.Equal(10, _cache.DeliveredBelow);
        Give(asked, 7, 9);
        Assert.Equal([7L, 9L], Drain(cursor));
        Add((A, 12));
        Assert.Empty(Drain(cursor)); // The end of the rewind has not been reported.
        End(asked);
        Assert.Equal([10L, 11L, 12L], Drain(cursor));
    }

    [Fact]
    public void GetCacheCursor_PlaceThatTheBrokerHasLost_IsToldThenWhatIsLeftComes()
    {
        Add((A, 10));
        var cursor = _cache.GetCacheCursor(A, Token(3));
        _rewinds[0].Miss = RewindMiss.Deleted(4, 6);
        End(_rewinds[0]);
        var miss = Assert.Throws<QueueCacheMissException>(() => cursor.MoveNextWithResult());
        Assert.Contains("t/0: the broker no longer has offsets 4 to 5", miss.Message, StringComparison.Ordinal);
        cursor.Dispose();
        var detour = _cache.GetCacheCursor(A, Token(3));
        Assert.Equal(QueueCacheCursorMoveResultKind.NoData, detour.MoveNextWithResult().Kind);
        Assert.Equal(QueueCacheCursorMoveResultKind.CacheMiss, detour.MoveNextWithResult().Kind);
        detour.Dispose();
        var next = ((IQueueCache)_cache).TryGetCacheCursorAtPosition(A, StreamSubscriptionStartPosition.EarliestAvailable).Cursor!;
        Assert.Equal((6L, 10L), (_rewinds[1].NextOffset, _rewinds[1].Until));
        Give(_rewinds[1], 6);
        End(_rewinds[1]);
        Assert.Equal([6L, 10L], Drain(next));
    }

    [Fact]
    public void GetCacheCursor_AheadOfTheCache_WaitsForItsOffset()
    {
        Add((A, 10));
        var cursor = _cache.GetCacheCursor(A, Token(12));
        Add((A, 11), (A, 12));
        Assert.Equal([12L], Drain(cursor));
    }

    [Fact]
    public void Sweep_AfterAConsumerLeftWithoutAll_KeepsTheCommitWhereItStood()
    {
        Add((A, 10), (A, 11));
        var cursor = _cache.GetCacheCursor(A, Token(10));
        Assert.True(MoveNext(cursor));
        cursor.Dispose();
        _cache.Sweep();
        Assert.Equal(10, _cache.DeliveredBelow);
        var next = _cache.GetCacheCursor(A, Token(10));
        Assert.Equal([10L, 11L], Drain(next));
        next.Dispose();
        _cache.Sweep();
        Assert.Equal(12, _cache.DeliveredBelow);
    }

    [Fact]
    public void Pass_MessageThatCannotBeRead_IsNotWaitedFor()
    {
        _cache.Begin(10);
        _cache.Pass(10);
        _cache.Sweep();
        Assert.Equal(11, _cache.DeliveredBelow);
    }

    [Fact]
    public void IsFull_UntilConsumersHaveCaughtUp()
    {
        Add([.. Enumerable.Range(0, 8).Select(i => (A, (long)i))]);
        var cursor = _cache.GetCacheCursor(A, Token(0));
        Assert.True(_cache.IsFull);
        Drain(cursor);
        _cache.Sweep();
        Assert.False(_cache.IsFull);
    }

    /// <summary>
    /// For any interleaving of arriving messages and of consumers that arrive, read, go back and leave: no consumer misses
    /// a message of its stream from its start on, and no offset is committed that a consumer has not had.
    /// </summary>
    [Fact]
    public void AnyHistory_NoMessageIsSkippedAndNoneCommittedBeforeItIsDelivered() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 3]).Array[1, 200].Sample(Play, iter: 2_000);

    private static bool Play((int What, int Which)[] steps)
    {
        var rewinds = new List<RewindRequest>();
        var options = new KafkaStreamOptions { RetainedMessages = 3 };
        var cache = NewCache(options, rewinds);
        var log = new List<(StreamId Stream, long Offset)>();
        var readers = new (IQueueCacheCursor Cursor, List<long> Had, long From)?[4];
        cache.Begin(0);
        foreach (var (what, which) in steps)
        {
            var stream = which % 2 == 0 ? A : B;
            switch (what)
            {
                case <= 3:
                    log.Add((stream, log.Count));
                    cache.AddToCache([Batch(stream, log.Count - 1)]);
                    break;
                case 4 when readers[which] is null && log.Exists(m => m.Stream == stream):
                    var from = Math.Min(log.First(m => m.Stream == stream).Offset + (which * 3), log.Count - 1);
                    readers[which] = (cache.GetCacheCursor(stream, Token(from - 1)), [], from);
                    PassWhatIsHad(readers[which]!.Value.Cursor, from - 1, readers[which]!.Value.Had);
                    break;
                case 5 when readers[which] is { } leaving && leaving.Had.Count > 0:
                    leaving.Cursor.Dispose();
                    readers[which] = (cache.GetCacheCursor(stream, Token(leaving.Had[^1])), leaving.Had, leaving.From);
                    PassWhatIsHad(readers[which]!.Value.Cursor, leaving.Had[^1], leaving.Had);
                    break;
                case 6:
                    foreach (var request in rewinds.Where(r => !r.IsAbandoned).ToList())
                    {
                        foreach (var message in log.Where(m => m.Stream == request.Stream && m.Offset >= request.NextOffset && m.Offset < request.Until))
                        {
                            cache.AddToCache([Batch(message.Stream, message.Offset, request.Cursor)]);
                        }

                        cache.AddToCache([EndOf(request)]);
                    }

                    rewinds.Clear();
                    break;
                case 7:
                    cache.Sweep();
                    break;
                default:
                    if (readers[which] is { } reading && MoveNext(reading.Cursor))
                    {
                        reading.Had.Add(reading.Cursor.GetCurrent(out _)!.SequenceToken.SequenceNumber);
                    }

                    break;
            }

            foreach (var (reader, index) in readers.Select((reader, index) => (reader, index)))
            {
                if (reader is not { } r)
                {
                    continue;
                }

                var all = log.Where(m => m.Stream == (index % 2 == 0 ? A : B) && m.Offset >= r.From).Select(m => m.Offset);
                if (!all.Take(r.Had.Count).SequenceEqual(r.Had))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static PartitionCache NewCache(KafkaStreamOptions options, List<RewindRequest> rewinds)
    {
        var outbox = new KafkaOutbox(() => throw new InvalidOperationException("no broker here"));
        var dead = new DeadLetters(outbox, null!, "dead", NullLogger<DeadLetters>.Instance);
        return new PartitionCache("t", 0, options, dead, TimeProvider.System) { RewindAsked = rewinds.Add };
    }

    private static EventSequenceTokenV2 Token(long offset) => new(offset);

    private static KafkaBatch Batch(StreamId stream, long offset, PartitionCursor? rewound = null) =>
        new(stream, offset, "x", null, 1) { Rewound = rewound };

    private static KafkaBatch EndOf(RewindRequest request) =>
        new(request.Stream, request.Until, null, null, 0) { Rewound = request.Cursor };

    /// <summary>Moves past a consumer's token and keeps what came after, as the agent does.</summary>
    private static void PassWhatIsHad(IQueueCacheCursor cursor, long token, List<long> had)
    {
        while (MoveNext(cursor))
        {
            var offset = cursor.GetCurrent(out _)!.SequenceToken.SequenceNumber;
            if (offset > token)
            {
                had.Add(offset);
                return;
            }
        }
    }

    private static bool MoveNext(IQueueCacheCursor cursor) =>
        cursor.MoveNextWithResult().Kind == QueueCacheCursorMoveResultKind.Success;

    private static List<long> Drain(IQueueCacheCursor cursor)
    {
        var offsets = new List<long>();
        while (MoveNext(cursor))
        {
            offsets.Add(cursor.GetCurrent(out _)!.SequenceToken.SequenceNumber);
        }

        return offsets;
    }

    private void Add(params (StreamId Stream, long Offset)[] messages)
    {
        if (_cache.DeliveredBelow < 0)
        {
            _cache.Begin(messages[0].Offset);
        }

        _cache.AddToCache([.. messages.Select(m => (IBatchContainer)Batch(m.Stream, m.Offset))]);
    }

    private void Give(RewindRequest request, params long[] offsets) =>
        _cache.AddToCache([.. offsets.Select(offset => (IBatchContainer)Batch(request.Stream, offset, request.Cursor))]);

    private void End(RewindRequest request) => _cache.AddToCache([EndOf(request)]);
}
