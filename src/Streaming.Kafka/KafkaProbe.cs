using Confluent.Kafka;

namespace BtcAgent.Streaming.Kafka;

/// <summary>Asks once whether the brokers answer.</summary>
public static class KafkaProbe
{
    /// <param name="options">Brokers and settings of the client.</param>
    /// <param name="within">Longest wait for an answer.</param>
    /// <returns>The number of brokers, and the topics that exist.</returns>
    /// <exception cref="KafkaStreamException">No broker answers.</exception>
    public static (int Brokers, IReadOnlyCollection<string> Topics) Ask(KafkaStreamOptions options, TimeSpan within)
    {
        try
        {
            using var admin = new AdminClientBuilder(KafkaClients.Admin(options)).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
            var metadata = admin.GetMetadata(within);
            return (metadata.Brokers.Count, [.. metadata.Topics.Where(topic => topic.Error.Code == Confluent.Kafka.ErrorCode.NoError).Select(topic => topic.Topic)]);
        }
        catch (Exception e) when (e is KafkaException or InvalidOperationException)
        {
            throw new KafkaStreamException(
                $"no Kafka broker answers at {options.BootstrapServers} ({(e as KafkaException)?.Error.Reason ?? e.Message}): start it, or correct the address", e);
        }
    }
}
