using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// Copies messages that cannot be read or delivered to the dead-letter topic, with the reason. The original stays in its
/// topic: when the broker does not accept the copy, the log has the offset, and nothing is lost. The returned tasks complete when the
/// copy is kept or refused; until then the position of the reader must not pass the original, or a crash would lose the copy.
/// </summary>
internal sealed partial class DeadLetters(
    KafkaOutbox outbox, IKafkaPayloadCodec codec, string deadLetterTopic, ILogger<DeadLetters> logger)
{
    public Task PostUnreadable(ConsumeResult<byte[]?, byte[]?> result, string reason)
    {
        var headers = new Headers();
        foreach (var header in result.Message.Headers ?? [])
        {
            headers.Add(header.Key, header.GetValueBytes());
        }

        var origin = KafkaHeaders.OriginOf(result.Topic, result.Partition.Value, result.Offset.Value);
        return Post(result.Topic, origin, $"unreadable: {reason}", result.Message.Key, result.Message.Value, headers);
    }

    public Task PostUndelivered(string topic, int partition, KafkaBatch batch, int waitedMs)
    {
        var payload = codec.Encode(topic, batch.Item!);
        return Post(
            topic,
            KafkaHeaders.OriginOf(topic, partition, batch.Offset),
            $"undelivered: its consumer did not accept it within {waitedMs} ms",
            batch.StreamId.Key.ToArray(),
            payload.Data,
            new Headers().Add(KafkaHeaders.Type, payload.Type));
    }

    private Task Post(string topic, string origin, string reason, byte[]? key, byte[]? value, Headers headers)
    {
        headers.Add(KafkaHeaders.Origin, origin).Add(KafkaHeaders.Reason, reason);
        KafkaStreamMeter.DeadLetters.Add(1, new KeyValuePair<string, object?>("topic", topic));
        LogDeadLetter(logger, origin, reason);
        var copied = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            outbox.Produce(
                deadLetterTopic,
                new Message<byte[], byte[]> { Key = key!, Value = value!, Headers = headers },
                report =>
                {
                    if (report.Error.IsError)
                    {
                        LogNotKept(logger, origin, report.Error.Reason);
                    }

                    copied.SetResult();
                });
        }
        catch (Exception e) when (e is ProduceException<byte[], byte[]> or KafkaStreamException)
        {
            LogNotKept(logger, origin, e.Message);
            copied.SetResult();
        }

        return copied.Task;
    }

    [LoggerMessage(EventId = 910, Level = LogLevel.Error, Message = "Dead letter {Origin}: {Reason}")]
    private static partial void LogDeadLetter(ILogger logger, string origin, string reason);

    [LoggerMessage(EventId = 911, Level = LogLevel.Error, Message = "Dead letter {Origin} was not copied to its topic ({Reason}); the original remains")]
    private static partial void LogNotKept(ILogger logger, string origin, string reason);
}
