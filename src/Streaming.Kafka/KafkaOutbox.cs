using Confluent.Kafka;

namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// The producer of a provider, opened at first use. librdkafka must not be called while it shuts down, so a lock separates
/// calls from the shutdown.
/// </summary>
internal sealed class KafkaOutbox(Func<IProducer<byte[], byte[]>> open) : IDisposable
{
    private static readonly TimeSpan FlushMax = TimeSpan.FromSeconds(2);

    private readonly ReaderWriterLockSlim _calls = new();
    private readonly Lazy<IProducer<byte[], byte[]>> _producer = new(open);
    private bool _isClosed;

    /// <summary>Completes when the broker has acknowledged the message.</summary>
    /// <exception cref="KafkaStreamException">The provider has ended.</exception>
    public Task ProduceAsync(TopicPartition to, Message<byte[], byte[]> message)
    {
        _calls.EnterReadLock();
        try
        {
            return Open().ProduceAsync(to, message);
        }
        finally
        {
            _calls.ExitReadLock();
        }
    }

    /// <exception cref="KafkaStreamException">The provider has ended.</exception>
    public void Produce(string topic, Message<byte[], byte[]> message, Action<DeliveryReport<byte[], byte[]>> delivered)
    {
        _calls.EnterReadLock();
        try
        {
            Open().Produce(topic, message, delivered);
        }
        finally
        {
            _calls.ExitReadLock();
        }
    }

    public void Dispose()
    {
        if (_producer.IsValueCreated)
        {
            _producer.Value.Flush(FlushMax);
        }

        _calls.EnterWriteLock();
        try
        {
            if (!_isClosed && _producer.IsValueCreated)
            {
                _producer.Value.Dispose();
            }

            _isClosed = true;
        }
        finally
        {
            _calls.ExitWriteLock();
        }
    }

    private IProducer<byte[], byte[]> Open() =>
        _isClosed ? throw new KafkaStreamException("the stream provider has ended") : _producer.Value;
}
