using System.Threading.Channels;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// A thread that reads one partition from the committed offset and decodes ahead of the agent. When the agent takes no
/// more, the thread waits, librdkafka's queue fills, and fetching from the broker stops.
/// </summary>
internal sealed partial class PartitionReader : IDisposable
{
    private const int AheadMax = 1_024;
    private static readonly TimeSpan BrokerAnswerMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollMax = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    private readonly TopicPartition _partition;
    private readonly KafkaStreamOptions _options;
    private readonly MessageReader _messages;
    private readonly TopicWatch _watch;
    private readonly Action _arrived;
    private readonly ILogger _logger;
    private readonly Channel<ReadAhead> _ahead;
    private readonly CancellationTokenSource _stopping = new();
    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly Thread _thread;
    private readonly Lock _storing = new();
    private IConsumer<byte[]?, byte[]?>? _consumer;
    private bool _assigned;
    private int _generation;
    private int _restarts;
    private bool _isCommitOfOldTopic;
    private long _brokerEnd;
    private long _next;

    public PartitionReader(
        TopicPartition partition, KafkaStreamOptions options, MessageReader messages, TopicWatch watch, Action arrived, ILogger logger)
    {
        _partition = partition;
        _options = options;
        _messages = messages;
        _watch = watch;
        _arrived = arrived;
        _logger = logger;
        _tags = [new("topic", partition.Topic), new("partition", partition.Partition.Value)];
        _ahead = Channel.CreateBounded<ReadAhead>(new BoundedChannelOptions(AheadMax) { SingleReader = true, SingleWriter = true });
        _thread = new Thread(Run) { IsBackground = true, Name = $"kafka {partition}" };
    }

    /// <summary>Completes with the first offset to read once the broker has returned it.</summary>
    public TaskCompletionSource<long> Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Offset after the broker's newest message, as of the last fetch.</summary>
    public long BrokerEnd => Interlocked.Read(ref _brokerEnd);

    public void Start() => _thread.Start();

    public bool TryTake(out ReadAhead next) => _ahead.Reader.TryRead(out next);

    /// <param name="offset">Offset to commit: every message below it is delivered.</param>
    /// <param name="restarts">Restarts that the receiver has seen: an offset of a deleted topic must not be committed in
    /// its successor.</param>
    public void Store(long offset, int restarts)
    {
        lock (_storing)
        {
            if (_assigned && restarts == _restarts)
            {
                _consumer!.StoreOffset(new TopicPartitionOffset(_partition, offset));
            }
        }
    }

    /// <summary>Stops the thread, which commits the stored offset.</summary>
    public Task StopAsync() => Task.Run(() =>
    {
        _stopping.Cancel();
        _thread.Join();
    });

    public void Dispose() => _stopping.Dispose();

    private void Run()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Read();
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // Only delivered messages were committed, so reading again from there is safe after any failure.
                LogReadingAgain(_logger, _partition.Topic, _partition.Partition.Value, e.Message);
                _stopping.Token.WaitHandle.WaitOne(RetryPause);
            }
            finally
            {
                Close();
            }
        }

        Started.TrySetCanceled();
        _ahead.Writer.TryComplete();
    }

    private void Read()
    {
        var consumer = new ConsumerBuilder<byte[]?, byte[]?>(KafkaClients.Consumer(_options))
            .SetLogHandler((_, message) => LogClient(_logger, _partition.Topic, _partition.Partition.Value, message.Message))
            .SetErrorHandler((_, error) => LogClient(_logger, _partition.Topic, _partition.Partition.Value, error.Reason))
            .Build();
        lock (_storing)
        {
            _consumer = consumer;
        }

        if (Started.Task.IsCompletedSuccessfully)
        {
            if (_isCommitOfOldTopic)
            {
                consumer.Commit([new TopicPartitionOffset(_partition, _next)]);
                _isCommitOfOldTopic = false;
            }

            Assign(consumer, _next);
        }
        else
        {
            _generation = _watch.GenerationOf(_partition.Topic);
            var offset = FirstOffset(consumer);
            Assign(consumer, offset);
            Started.TrySetResult(offset);
        }

        while (!_stopping.IsCancellationRequested)
        {
            if (RestartIfRecreated(consumer))
            {
                return;
            }

            ConsumeResult<byte[]?, byte[]?>? result;
            try
            {
                result = consumer.Consume(PollMax);
            }
            catch (ConsumeException e) when (e.Error.Code is ErrorCode.Local_AutoOffsetReset or ErrorCode.OffsetOutOfRange)
            {
                _watch.LookAsync(_stopping.Token).GetAwaiter().GetResult();
                if (RestartIfRecreated(consumer))
                {
                    return;
                }

                JumpIfGone(consumer);
                continue;
            }

            if (result is not null)
            {
                Hand(consumer, result);
            }
        }
    }

    private void Hand(IConsumer<byte[]?, byte[]?> consumer, ConsumeResult<byte[]?, byte[]?> result)
    {
        KafkaStreamMeter.Read.Add(1, _tags);
        Interlocked.Exchange(ref _brokerEnd, Math.Max(result.Offset.Value + 1, consumer.GetWatermarkOffsets(_partition).High.Value));
        Hand(_messages.Read(result));
        _next = result.Offset.Value + 1;
    }

    private void Hand(ReadAhead next)
    {
        if (!_ahead.Writer.TryWrite(next))
        {
            _ahead.Writer.WriteAsync(next, _stopping.Token).AsTask().GetAwaiter().GetResult();
        }

        _arrived();
    }

    /// <summary>
    /// When the topic was created again, the old offsets are invalid: reads all of the new topic with a new client, since
    /// librdkafka never commits an offset below a committed one.
    /// </summary>
    private bool RestartIfRecreated(IConsumer<byte[]?, byte[]?> consumer)
    {
        var generation = _watch.GenerationOf(_partition.Topic);
        if (generation == _generation)
        {
            return false;
        }

        var range = consumer.QueryWatermarkOffsets(_partition, BrokerAnswerMax);
        lock (_storing)
        {
            _restarts++;
        }

        (_generation, _isCommitOfOldTopic, _next) = (generation, true, range.Low.Value);
        Interlocked.Exchange(ref _brokerEnd, range.High.Value);
        KafkaStreamMeter.TopicsRecreated.Add(1, _tags);
        Hand(new ReadAhead(range.Low.Value, Batch: null, IsRestart: true));
        return true;
    }

    /// <summary>The group's committed offset, or the oldest message when it has never read this partition.</summary>
    private long FirstOffset(IConsumer<byte[]?, byte[]?> consumer)
    {
        var committed = consumer.Committed([_partition], BrokerAnswerMax)[0].Offset;
        var range = consumer.QueryWatermarkOffsets(_partition, BrokerAnswerMax);
        Interlocked.Exchange(ref _brokerEnd, range.High.Value);
        var offset = committed == Offset.Unset ? range.Low.Value : committed.Value;
        LogStarted(_logger, _partition.Topic, _partition.Partition.Value, offset);
        return offset;
    }

    private void Assign(IConsumer<byte[]?, byte[]?> consumer, long offset)
    {
        consumer.Assign(new TopicPartitionOffset(_partition, offset));
        _next = offset;
        lock (_storing)
        {
            _assigned = true;
        }
    }

    private void JumpIfGone(IConsumer<byte[]?, byte[]?> consumer)
    {
        var range = consumer.QueryWatermarkOffsets(_partition, BrokerAnswerMax);
        var to = Math.Clamp(_next, range.Low.Value, range.High.Value);
        if (to == _next)
        {
            // The error belongs to a fetch from before reading began at another offset.
            Assign(consumer, _next);
            return;
        }

        KafkaStreamMeter.Skipped.Add(Math.Max(0, to - _next), _tags);
        LogSkipped(_logger, _partition.Topic, _partition.Partition.Value, _next, to);
        Assign(consumer, to);
    }

    private void Close()
    {
        IConsumer<byte[]?, byte[]?>? consumer;
        lock (_storing)
        {
            consumer = _consumer;
            _consumer = null;
            _assigned = false;
        }

        try
        {
            consumer?.Close();
        }
        catch (KafkaException e)
        {
            // The offsets are not committed: their messages are read again.
            LogReadingAgain(_logger, _partition.Topic, _partition.Partition.Value, e.Message);
        }

        consumer?.Dispose();
    }
}
