using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// Delivers the messages of a partition to its agent as they arrive, and commits what all consumers have had.
/// </summary>
internal sealed partial class PartitionReceiver(
    PartitionCache cache,
    PartitionReader reader,
    RewindReader rewinds,
    SemaphoreSlim arrivals,
    KafkaStreamOptions options,
    KafkaStreamStatus status,
    TimeProvider time,
    ILogger logger) : IQueueAdapterReceiver
{
    private static readonly TimeSpan SweepPause = TimeSpan.FromMilliseconds(5);

    private IDisposable? _gauges;
    private long _sweptAt;
    private long _stored = -1;
    private long? _restart;
    private int _restarts;
    private bool _begun;

    public Task Initialize(TimeSpan timeout)
    {
        cache.RewindAsked = rewinds.Ask;
        _gauges = KafkaStreamMeter.Observe(cache);
        status.Add(this);
        reader.Start();
        return Task.CompletedTask;
    }

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount)
    {
        if (!_begun && !TryBegin())
        {
            await arrivals.WaitAsync(options.ReceiveWait);
            return [];
        }

        Sweep(force: false);
        var taken = Take(maxCount);
        if (taken.Count == 0)
        {
            await arrivals.WaitAsync(options.ReceiveWait);
            taken = Take(maxCount);
        }

        return taken;
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    public async Task Shutdown(TimeSpan timeout)
    {
        status.Remove(this);
        _gauges?.Dispose();
        if (_begun)
        {
            Sweep(force: true);
        }

        try
        {
            await Task.WhenAll(reader.StopAsync(), rewinds.StopAsync()).WaitAsync(timeout, time);
            reader.Dispose();
        }
        catch (TimeoutException)
        {
            LogSlowStop(logger, cache.Topic, cache.Partition, timeout.TotalSeconds);
        }
    }

    private bool TryBegin()
    {
        if (reader.Started.Task.IsCompletedSuccessfully)
        {
            cache.BrokerEnd = reader.BrokerEnd;
            cache.Begin(reader.Started.Task.Result);
            status.SetReading(this);
            _begun = true;
        }

        return _begun;
    }

    private List<IBatchContainer> Take(int maxCount)
    {
        var taken = new List<IBatchContainer>();
        while (taken.Count < maxCount && rewinds.TryTake(out var old))
        {
            taken.Add(old!);
        }

        if (cache.IsFull)
        {
            Sweep(force: true);
            if (cache.IsFull)
            {
                return taken;
            }
        }

        if (_restart is not null && !TryRestart())
        {
            return taken;
        }

        // An undeliverable message is skipped at once; one that follows others waits until they are in the cache.
        while (taken.Count < maxCount && reader.TryTake(out var next))
        {
            if (next.IsRestart)
            {
                _restart = next.Offset;
                break;
            }

            if (next.Copied is { } copied)
            {
                cache.HoldFor(next.Offset, copied);
            }

            if (next.Batch is { } batch)
            {
                taken.Add(batch);
            }
            else if (taken.Count == 0)
            {
                cache.Pass(next.Offset);
            }
        }

        return taken;
    }

    /// <summary>First delivers what was read from the deleted topic.</summary>
    private bool TryRestart()
    {
        Sweep(force: true);
        if (cache.Pending > 0)
        {
            return false;
        }

        cache.Restart(_restart!.Value);
        cache.BrokerEnd = reader.BrokerEnd;
        (_stored, _restart) = (-1, null);
        _restarts++;
        return true;
    }

    private void Sweep(bool force)
    {
        if (!force && time.GetElapsedTime(_sweptAt) < SweepPause)
        {
            return;
        }

        _sweptAt = time.GetTimestamp();
        cache.BrokerEnd = reader.BrokerEnd;
        cache.Sweep();
        if (cache.DeliveredBelow > _stored)
        {
            _stored = cache.DeliveredBelow;
            reader.Store(_stored, _restarts);
        }
    }

    [LoggerMessage(EventId = 940, Level = LogLevel.Warning, Message = "{Topic}/{Partition}: reading did not stop within {Seconds:F0} s; uncommitted messages will be read again")]
    private static partial void LogSlowStop(ILogger logger, string topic, int partition, double seconds);
}
