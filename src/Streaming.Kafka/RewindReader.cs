using System.Threading.Channels;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// Reads old messages of one partition for consumers that go back further than the cache. One pass serves all requests that
/// wait when it begins; later ones wait for the next pass. Runs only while there are requests.
/// </summary>
internal sealed partial class RewindReader(
    TopicPartition partition, KafkaStreamOptions options, MessageReader messages, TopicWatch watch, Action arrived, TimeProvider time, ILogger logger)
{
    private const int AheadMax = 1_024;
    private static readonly TimeSpan BrokerAnswerMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollMax = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    private readonly Channel<KafkaBatch> _ahead = Channel.CreateBounded<KafkaBatch>(AheadMax);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private List<RewindRequest> _waiting = [];
    private Task _running = Task.CompletedTask;
    private bool _isRunning;

    public void Ask(RewindRequest request)
    {
        lock (_lock)
        {
            request.Generation = watch.GenerationOf(partition.Topic);
            _waiting.Add(request);
            if (!_isRunning && !_stopping.IsCancellationRequested)
            {
                _isRunning = true;
                _running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
        }
    }

    public bool TryTake(out KafkaBatch? batch) => _ahead.Reader.TryRead(out batch);

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
    }

    private void Run()
    {
        while (TryStartPass(out var requests))
        {
            try
            {
                Pass(requests);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Requests not yet served wait for another pass.
                LogPassFailed(logger, partition.Topic, partition.Partition.Value, e.Message);
                lock (_lock)
                {
                    _waiting.AddRange(requests);
                }

                _stopping.Token.WaitHandle.WaitOne(RetryPause);
            }
        }
    }

    private bool TryStartPass(out List<RewindRequest> requests)
    {
        lock (_lock)
        {
            requests = _waiting.FindAll(request => !request.IsAbandoned);
            _waiting = [];
            _isRunning = requests.Count > 0 && !_stopping.IsCancellationRequested;
            return _isRunning;
        }
    }

    /// <summary>Serves the requests, and removes each from the list when it is complete.</summary>
    private void Pass(List<RewindRequest> requests)
    {
        KafkaStreamMeter.Rewinds.Add(1, new KeyValuePair<string, object?>("topic", partition.Topic));
        var started = time.GetTimestamp();
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(KafkaClients.Rewinder(options)).SetLogHandler((_, _) => { }).Build();
        var low = consumer.QueryWatermarkOffsets(partition, BrokerAnswerMax).Low.Value;
        foreach (var gone in requests.FindAll(request => request.NextOffset < low))
        {
            gone.Miss = RewindMiss.Deleted(gone.NextOffset, low);
            End(requests, gone);
        }

        if (requests.Count == 0)
        {
            return;
        }

        var from = requests.Min(request => request.NextOffset);
        LogPass(logger, partition.Topic, partition.Partition.Value, from, requests.Max(request => request.Until), requests.Count);
        consumer.Assign(new TopicPartitionOffset(partition, from));
        while (requests.Count > 0)
        {
            _stopping.Token.ThrowIfCancellationRequested();
            foreach (var gone in requests.FindAll(request => request.Generation != watch.GenerationOf(partition.Topic)))
            {
                gone.Miss = RewindMiss.Recreated(gone.NextOffset, low);
                End(requests, gone);
            }

            if (consumer.Consume(PollMax) is { } result)
            {
                Serve(requests, result);
            }

            // Control records and compacted messages advance the position without a result.
            var position = consumer.Position(partition);
            foreach (var done in requests.FindAll(r => r.IsAbandoned || (position != Offset.Unset && position.Value >= r.Until)))
            {
                End(requests, done);
            }
        }

        LogPassed(logger, partition.Topic, partition.Partition.Value, time.GetElapsedTime(started).TotalMilliseconds);
    }

    private void Serve(List<RewindRequest> requests, ConsumeResult<byte[]?, byte[]?> result)
    {
        foreach (var request in requests)
        {
            if (result.Offset.Value < request.NextOffset || result.Offset.Value >= request.Until || request.IsAbandoned
                || !request.Stream.Key.Span.SequenceEqual(result.Message.Key))
            {
                continue;
            }

            if (messages.Read(result, request.Cursor).Batch is { } batch)
            {
                request.WaitForRoom(_stopping.Token);
                Hand(batch);
            }

            request.NextOffset = result.Offset.Value + 1;
        }
    }

    private void End(List<RewindRequest> requests, RewindRequest request)
    {
        requests.Remove(request);
        if (!request.IsAbandoned)
        {
            Hand(new KafkaBatch(request.Stream, request.Until, item: null, traceParent: null, bytes: 0) { Rewound = request.Cursor });
        }
    }

    private void Hand(KafkaBatch batch)
    {
        if (!_ahead.Writer.TryWrite(batch))
        {
            _ahead.Writer.WriteAsync(batch, _stopping.Token).AsTask().GetAwaiter().GetResult();
        }

        arrived();
    }

    [LoggerMessage(EventId = 930, Level = LogLevel.Information, Message = "{Topic}/{Partition}: reading [{From}, {Until}) again for {Count} consumers")]
    private static partial void LogPass(ILogger logger, string topic, int partition, long from, long until, int count);

    [LoggerMessage(EventId = 931, Level = LogLevel.Debug, Message = "{Topic}/{Partition}: read again in {ElapsedMs:F0} ms")]
    private static partial void LogPassed(ILogger logger, string topic, int partition, double elapsedMs);

    [LoggerMessage(EventId = 932, Level = LogLevel.Warning, Message = "{Topic}/{Partition}: reading old messages failed, retrying: {Reason}")]
    private static partial void LogPassFailed(ILogger logger, string topic, int partition, string reason);
}
