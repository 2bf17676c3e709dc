using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace BtcAgent.Streaming.Kafka;

/// <summary>Header names of messages and dead letters; all values are UTF-8 text.</summary>
public static class KafkaHeaders
{
    /// <summary>Type of the payload, as the codec names it.</summary>
    public const string Type = "type";

    /// <summary>W3C trace context of the producer.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>On a dead letter: the reason.</summary>
    public const string Reason = "dead-letter-reason";

    /// <summary>On a dead letter: topic, partition and offset of the original message.</summary>
    public const string Origin = "dead-letter-origin";

    internal static Headers Add(this Headers headers, string name, string value)
    {
        headers.Add(name, Encoding.UTF8.GetBytes(value));
        return headers;
    }

    internal static string? Find(this Headers? headers, string name) =>
        headers is not null && headers.TryGetLastBytes(name, out var bytes) && bytes is not null ? Encoding.UTF8.GetString(bytes) : null;

    internal static string OriginOf(string topic, int partition, long offset) =>
        string.Create(CultureInfo.InvariantCulture, $"{topic}/{partition}/{offset}");
}
