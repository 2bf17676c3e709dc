using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Streaming.Kafka;

/// <summary>One topic of a provider. Its name is the stream namespace; the message key is the stream key.</summary>
public sealed class KafkaTopicOptions
{
    [Required, RegularExpression("[a-zA-Z0-9._-]{1,249}", ErrorMessage = "a topic's name is 1…249 of a-z, A-Z, 0-9, '.', '_' and '-'")]
    public string Name { get; set; } = "";

    /// <summary>Partitions of the topic: as many silos can read it at once. A topic that has another number is refused.</summary>
    [Range(1, 10_000)]
    public int Partitions { get; set; } = 8;

    /// <summary>Copies of each partition when this provider creates the topic; −1 takes the broker's default.</summary>
    [Range(-1, 100)]
    public short ReplicationFactor { get; set; } = -1;

    /// <summary>False for a topic that grains only write to: no silo reads it.</summary>
    public bool IsRead { get; set; } = true;

    /// <summary>Settings of the topic when this provider creates it, such as <c>retention.ms</c>.</summary>
    public Dictionary<string, string> Settings { get; } = [];
}
