using BtcAgent.Contracts.Streams;
using BtcAgent.Silo.Cluster;
using BtcAgent.Silo.Settings;
using BtcAgent.Streaming.Kafka;

namespace BtcAgent.Silo.Doctor;

/// <summary>The brokers of the cluster's log.</summary>
internal sealed class KafkaExamination : IExamination
{
    private static readonly TimeSpan AnswerTimeMax = TimeSpan.FromSeconds(5);

    public string Name => "kafka";

    public Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken)
    {
        var kafka = agent.Section<KafkaOptions>(KafkaOptions.Section);
        var isNeeded = agent.Settings.Role is not (NodeRole.All or NodeRole.Migrate);
        if (kafka.BootstrapServers.Length == 0)
        {
            return Task.FromResult<IReadOnlyList<Finding>>(isNeeded
                ? [Finding.Problem(Name, "a cluster needs Kafka:BootstrapServers", "set Kafka__BootstrapServers in the environment")]
                : []);
        }

        // The client has no asynchronous call for it.
        return Task.Run<IReadOnlyList<Finding>>(() => [Ask(kafka)], cancellationToken);
    }

    private Finding Ask(KafkaOptions kafka)
    {
        var options = new KafkaStreamOptions { BootstrapServers = kafka.BootstrapServers };
        foreach (var (name, value) in kafka.Client)
        {
            options.Client[name] = value;
        }

        try
        {
            var (brokers, topics) = KafkaProbe.Ask(options, AnswerTimeMax);
            return Finding.Ok(Name, $"{brokers} broker{(brokers == 1 ? "" : "s")} at {kafka.BootstrapServers}, "
                + (topics.Contains(StreamNames.MarketData) ? "with the agent's topics" : "without the agent's topics, which the first silo creates"));
        }
        catch (KafkaStreamException e)
        {
            return Finding.Problem(Name, e.Message, "start the brokers, or correct Kafka:BootstrapServers and Kafka:Client");
        }
    }
}
