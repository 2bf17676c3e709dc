using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Streaming.Kafka;

/// <summary>Options of one topic. Its name is the stream namespace; the message key is the stream key.</summary>
public sealed class KafkaTopicOptions
{
    /// <summary>Name of the topic, and of the stream namespace. Required.</summary>
    [Required, RegularExpression("[a-zA-Z0-9._-]{1,249}", ErrorMessage = "a topic's name is 1…249 of a-z, A-Z, 0-9, '.', '_' and '-'")]
    public string Name { get; set; } = "";

    /// <summary>
    /// Number of partitions, and of silos that can read the topic in parallel. Default 8; a topic with another number is
    /// refused.
    /// </summary>
    [Range(1, 10_000)]
    public int Partitions { get; set; } = 8;

    /// <summary>Copies of each partition when the provider creates the topic. Default −1, the broker's default.</summary>
    [Range(-1, 100)]
    public short ReplicationFactor { get; set; } = -1;

    /// <summary>False for a topic that grains only write to: no silo reads it. Default true.</summary>
    public bool IsRead { get; set; } = true;

    /// <summary>Settings of the topic when the provider creates it, such as <c>retention.ms</c>. Default none.</summary>
    public Dictionary<string, string> Settings { get; } = [];
}
