using System.Collections.Concurrent;
using BtcAgent.Silo.Cluster.LocalStreams;
using Orleans.Configuration;
using Orleans.Streams;

namespace BtcAgent.Silo.Tests.Cluster.LocalStreams;

public sealed class WakingAdapterTests
{
    private static readonly HashRingBasedStreamQueueMapper Mapper = new(new HashRingStreamQueueMapperOptions { TotalQueueCount = 4 }, "test");
    private static readonly StreamId Stream = StreamId.Create("ticks", "BINANCE:BTCUSDT");
    private readonly ScriptedQueue _queue = new();

    [Fact]
    public async Task GetQueueMessages_EmptyQueue_AnswersWhenAMessageIsQueued()
    {
        var adapter = new WakingAdapter(_queue, Mapper);
        var receiver = adapter.CreateReceiver(Mapper.GetQueueForStream(Stream));
        var asked = receiver.GetQueueMessagesAsync(10, TestContext.Current.CancellationToken);
        Assert.Equal(1, _queue.Asked);
        Assert.False(asked.IsCompleted);

        await adapter.QueueMessageBatchAsync(Stream, ["a"], null, null);

        Assert.Single(await asked);
        Assert.Equal(2, _queue.Asked);
    }

    [Fact]
    public async Task GetQueueMessages_QueuedBetweenLookAndWait_IsNotMissed()
    {
        var adapter = new WakingAdapter(_queue, Mapper);
        var receiver = adapter.CreateReceiver(Mapper.GetQueueForStream(Stream));
        var hold = new TaskCompletionSource();
        _queue.Hold = hold;
        var asked = receiver.GetQueueMessagesAsync(10, TestContext.Current.CancellationToken);

        // The read has found nothing but has not returned yet.
        await adapter.QueueMessageBatchAsync(Stream, ["a"], null, null);
        hold.SetResult();

        Assert.Single(await asked);
    }

    [Fact]
    public async Task GetQueueMessages_ManyProducersAtOnce_GivesEachMessageOnce()
    {
        const int Messages = 20_000;
        var adapter = new WakingAdapter(_queue, Mapper);
        var receiver = adapter.CreateReceiver(Mapper.GetQueueForStream(Stream));
        var producing = Parallel.ForAsync(
            0, Messages, TestContext.Current.CancellationToken, async (_, _) => await adapter.QueueMessageBatchAsync(Stream, ["a"], null, null));
        var received = 0;
        while (received < Messages)
        {
            received += (await receiver.GetQueueMessagesAsync(100, TestContext.Current.CancellationToken)).Count;
        }

        await producing;
        Assert.Equal(Messages, received);
    }

    [Fact]
    public async Task GetQueueMessages_NothingComes_AnswersWithNoneAfterTheLimit()
    {
        var receiver = new WakingAdapter(_queue, Mapper).CreateReceiver(Mapper.GetQueueForStream(Stream));

        Assert.Empty(await receiver.GetQueueMessagesAsync(10, TestContext.Current.CancellationToken));
        Assert.Equal(2, _queue.Asked);
    }

    [Fact]
    public async Task Shutdown_WhileWaiting_EndsTheWaitAndLooksNoMore()
    {
        var receiver = new WakingAdapter(_queue, Mapper).CreateReceiver(Mapper.GetQueueForStream(Stream));
        var asked = receiver.GetQueueMessagesAsync(10, TestContext.Current.CancellationToken);

        await receiver.Shutdown(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        Assert.Empty(await asked);
        Assert.Equal(1, _queue.Asked);
        Assert.True(_queue.IsShutDown);
    }

    [Fact]
    public async Task GetQueueMessages_CancelledWhileWaiting_AnswersWithNone()
    {
        using var stop = new CancellationTokenSource();
        var receiver = new WakingAdapter(_queue, Mapper).CreateReceiver(Mapper.GetQueueForStream(Stream));
        var asked = receiver.GetQueueMessagesAsync(10, stop.Token);

        await stop.CancelAsync();

        Assert.Empty(await asked);
        Assert.Equal(1, _queue.Asked);
    }

    /// <summary>A queue of one stream in memory.</summary>
    private sealed class ScriptedQueue : IQueueAdapter, IQueueAdapterReceiver
    {
        private readonly ConcurrentQueue<IBatchContainer> _messages = new();

        public int Asked { get; private set; }

        public bool IsShutDown { get; private set; }

        /// <summary>Delays the answer of the next read.</summary>
        public TaskCompletionSource? Hold { get; set; }

        public string Name => "test";

        public bool IsRewindable => false;

        public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

        public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => this;

        public Task QueueMessageBatchAsync<T>(StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
        {
            _messages.Enqueue(new Message());
            return Task.CompletedTask;
        }

        public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

        public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount)
        {
            Asked++;
            var taken = new List<IBatchContainer>();
            while (taken.Count < maxCount && _messages.TryDequeue(out var message))
            {
                taken.Add(message);
            }

            if (Hold is { } hold)
            {
                Hold = null;
                await hold.Task;
            }

            return taken;
        }

        public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

        public Task Shutdown(TimeSpan timeout)
        {
            IsShutDown = true;
            return Task.CompletedTask;
        }

        private sealed class Message : IBatchContainer
        {
            public StreamId StreamId => Stream;

            public StreamSequenceToken SequenceToken => null!;

            public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() => [];

            public bool ImportRequestContext() => false;
        }
    }
}
