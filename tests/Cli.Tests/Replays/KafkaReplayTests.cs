using System.CommandLine;
using System.Globalization;
using System.Text;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Strategies;
using BtcAgent.Streaming.Kafka;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace BtcAgent.Cli.Tests.Replays;

public sealed class KafkaReplayTests
{
    private const int Partitions = 4;
    private const string Nobody = "127.0.0.1:1";

    [Fact]
    public async Task Replay_FromARealBrokerOverTls_IsEqualAndNamesWhatIsNotThere()
    {
        await using var secured = new SecuredBroker();
        await secured.Broker.StartAsync();
        var client = new ClientConfig(secured.Client) { BootstrapServers = secured.Broker.Address };
        var tape = TapeRun.Record(schema => StrategyCatalog.BuiltIn.CreateById("flow-momentum(0.2,0.05)", schema));
        await Produce(client, tape);
        var id = tape.Last(DecisionKinds.Approved).Id.Text;
        string[] replay = ["replay", "--from-kafka", secured.Broker.Address, .. secured.Arguments, "--decision"];

        foreach (var wanted in new[] { id, tape.Last(DecisionKinds.Rejected).Id.Text })
        {
            var (code, output, error) = Run([.. replay, wanted]);
            TestContext.Current.SendDiagnosticMessage(output + error);
            Assert.Equal((0, ""), (code, error));
            Assert.Equal(5, output.Split(" equal, ").Length - 1);
            Assert.Contains("the same decision, byte by byte", output, StringComparison.Ordinal);
        }

        var other = TapeRun.Record(
            schema => StrategyCatalog.BuiltIn.CreateById("flow-momentum(0.2,0.05)", schema),
            new FeatureOptions { SampleIntervalMs = 2_000, BarIntervalMs = 3_000, VpinBucketBase = 0.5 });
        await Produce(client, other, "other-");
        var (otherCode, otherOutput, otherError) = Run([.. replay, other.Last(DecisionKinds.Approved).Id.Text, "--topic-prefix", "other-"]);
        Assert.Equal((0, ""), (otherCode, otherError));
        Assert.Contains("the same decision, byte by byte", otherOutput, StringComparison.Ordinal);

        var unknown = Run([.. replay, "nobody"]);
        Assert.Equal(1, unknown.Code);
        Assert.Contains("no decision 'nobody'", unknown.Error, StringComparison.Ordinal);
        var prefixed = Run([.. replay, id, "--topic-prefix", "x-"]);
        Assert.Contains("has no topic 'x-risk_decisions'", prefixed.Error, StringComparison.Ordinal);

        await DeleteBefore(client, 1);
        var gone = Run([.. replay, id]);
        Assert.Equal(1, gone.Code);
        Assert.Contains("Kafka:RetentionHours", gone.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--kafka-setting nonsense=1", "nonsense")]
    [InlineData("--kafka-setting security.protocol=TSL", "security.protocol")]
    [InlineData("--kafka-setting security.protocol=SSL --kafka-setting ssl.ca.location=nowhere.pem", "ssl.ca.location")]
    [InlineData("--client group.id=mine", "joins no group")]
    [InlineData("--another-model", "--model")]
    public void Replay_WrongSettings_ExitsWithTwoAndSaysWhich(string options, string expected)
    {
        var (code, output, error) = Run(["replay", "--from-kafka", Nobody, "--decision", "latest", .. options.Split(' ')]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private static async Task Produce(ClientConfig client, TapeRun tape, string prefix = "")
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig(client)).Build();
        await admin.CreateTopicsAsync(
        [
            new TopicSpecification { Name = prefix + "market_data", NumPartitions = Partitions, ReplicationFactor = 1 },
            new TopicSpecification { Name = prefix + "risk_decisions", NumPartitions = 1, ReplicationFactor = 1 },
        ]);
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig(client) { EnableIdempotence = true }).Build();
        foreach (var batch in tape.Batches)
        {
            producer.Produce(Market(prefix), new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(batch.Instrument.Key), Value = MarketDataWire.Encode(batch) });
        }

        foreach (var decision in tape.Decisions)
        {
            producer.Produce(prefix + "risk_decisions", new Message<byte[], byte[]> { Value = FactsWire.Encode(decision) });
        }

        producer.Flush(TestContext.Current.CancellationToken);
    }

    private static async Task DeleteBefore(ClientConfig client, long offset)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig(client)).Build();
        await admin.DeleteRecordsAsync([new TopicPartitionOffset(Market(), offset)]);
    }

    private static TopicPartition Market(string prefix = "") =>
        new(prefix + "market_data", Murmur2.PartitionOf(Encoding.UTF8.GetBytes(TapeRun.Instrument.Key), Partitions));

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        var (output, error) = (new StringWriter(CultureInfo.InvariantCulture), new StringWriter(CultureInfo.InvariantCulture));
        var code = CommandTree.Invoke(args, new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
