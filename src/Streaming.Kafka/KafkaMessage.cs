namespace BtcAgent.Streaming.Kafka;

/// <summary>A message for a codec to decode.</summary>
/// <param name="topic">Topic of the message.</param>
/// <param name="key">The stream's key: UTF-8 text of 1…<see cref="KeyBytesMax"/> bytes.</param>
/// <param name="type">Its type header; null when its producer sent none.</param>
/// <param name="data">Its value.</param>
/// <param name="loggedAt">Kafka's timestamp of the message; null when there is none.</param>
public readonly ref struct KafkaMessage(
    string topic, ReadOnlySpan<byte> key, string? type, ReadOnlySpan<byte> data, DateTimeOffset? loggedAt)
{
    /// <summary>Longest key of a stream, bytes.</summary>
    public const int KeyBytesMax = 512;

    public string Topic { get; } = topic;

    public ReadOnlySpan<byte> Key { get; } = key;

    public string? Type { get; } = type;

    public ReadOnlySpan<byte> Data { get; } = data;

    public DateTimeOffset? LoggedAt { get; } = loggedAt;
}
