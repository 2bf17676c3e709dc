using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using BtcAgent.Cli.Replays;
using BtcAgent.Cli.Tapes;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Research.Backtests;
using BtcAgent.Streaming.Kafka;
using BtcAgent.Testing;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace BtcAgent.Cli.Tests;

public sealed class DecisionReplayTests
{
    private const int EventsMax = 60_000;
    private const int BatchSize = 50;
    private const int Partitions = 4;
    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");
    private static readonly Lazy<(ImmutableArray<MarketDataBatch> Batches, ImmutableArray<Decision> Decisions)> Recorded = new(Record);

    [Fact]
    public void Finish_SameLog_IsEqualInEveryStep()
    {
        var (batches, decisions) = Recorded.Value;
        var (steps, parting) = Replay(batches, Approved(decisions), decisions);
        Assert.All(steps, step => Assert.Equal(StepOutcome.Equal, step.Outcome));
        Assert.Equal(4, steps.Count);
        Assert.Null(parting);
    }

    [Fact]
    public void Finish_OneBidAltered_SaysWhereFeaturesPart()
    {
        var (batches, decisions) = Recorded.Value;
        var wanted = Approved(decisions);
        var altered = wanted with
        {
            Sample = wanted.Sample with
            {
                Quote = wanted.Sample.Quote with { Bid = Price.FromUnits(wanted.Sample.Quote.Bid.Units + 1) },
            },
        };
        var features = Replay(batches, altered, decisions).Steps[0];
        Assert.Equal((StepOutcome.Parts, "bid"), (features.Outcome, features.Field));
        Assert.NotEqual(features.RecordedHex, features.ReplayedHex);
    }

    [Fact]
    public void Finish_LastDigitOfAFeatureAltered_NamesIt()
    {
        var (batches, decisions) = Recorded.Value;
        var wanted = Approved(decisions);
        var values = wanted.Sample.Values;
        var altered = wanted with { Sample = wanted.Sample with { Values = values.SetItem(3, MathF.BitIncrement(values[3])) } };
        var features = Replay(batches, altered, decisions).Steps[0];
        Assert.Equal(StepOutcome.Parts, features.Outcome);
        Assert.Equal(FeatureSchema.Create(new FeatureOptions()).Definitions[3].Name, features.Field);
    }

    [Fact]
    public void Finish_OtherModel_PartsAtScoreOnly()
    {
        var (batches, decisions) = Recorded.Value;
        var steps = Replay(batches, Approved(decisions), decisions, "flow-momentum(0.9,0.1)").Steps;
        Assert.Equal((StepOutcome.Equal, StepOutcome.Parts), (steps[0].Outcome, steps[1].Outcome));
        Assert.Equal("model", steps[1].Field);
    }

    [Fact]
    public void Finish_LimitAltered_PartsAtVerdict()
    {
        var (batches, decisions) = Recorded.Value;
        var wanted = Approved(decisions);
        var evidence = wanted.Risk.Evidence!;
        var less = FactsWire.DecodeDecision(FactsWire.Encode(wanted)).Risk.Evidence!.Limits;
        less.MaxOrderNotional = 1;
        var altered = wanted with { Risk = wanted.Risk with { Evidence = evidence with { Limits = less } } };
        var steps = Replay(batches, altered, decisions).Steps;
        Assert.Equal([StepOutcome.Equal, StepOutcome.Equal, StepOutcome.Parts], steps.Take(3).Select(step => step.Outcome));
    }

    [Fact]
    public async Task Replay_FromARealBroker_IsEqualAndNamesWhatIsNotThere()
    {
        await using var broker = new KafkaBroker();
        await broker.StartAsync();
        var (batches, decisions) = Recorded.Value;
        await Produce(broker.Address, batches, decisions);
        var id = Approved(decisions).Id.Text;

        var (code, output, error) = Run("replay", "--from-kafka", broker.Address, "--decision", id);
        TestContext.Current.SendDiagnosticMessage(output + error);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(4, output.Split(" equal, ").Length - 1);

        var unknown = Run("replay", "--from-kafka", broker.Address, "--decision", "nobody");
        Assert.Equal(1, unknown.Code);
        Assert.Contains("no decision 'nobody'", unknown.Error, StringComparison.Ordinal);
        var prefixed = Run("replay", "--from-kafka", broker.Address, "--decision", id, "--topic-prefix", "x-");
        Assert.Contains("has no topic 'x-risk_decisions'", prefixed.Error, StringComparison.Ordinal);

        await DeleteBefore(broker.Address, 1);
        var gone = Run("replay", "--from-kafka", broker.Address, "--decision", id);
        Assert.Equal(1, gone.Code);
        Assert.Contains("Kafka:RetentionHours", gone.Error, StringComparison.Ordinal);
    }

    private static Decision Approved(ImmutableArray<Decision> decisions) =>
        decisions.Last(decision => decision.Risk.Outcome == RiskOutcome.Approved);

    private static (IReadOnlyList<StepResult> Steps, FirstParting? FirstParting) Replay(
        ImmutableArray<MarketDataBatch> batches, Decision wanted, ImmutableArray<Decision> decisions, string? modelId = null)
    {
        var samples = new SampleReplay(Instrument, new FeatureOptions());
        var model = SignalModels.CreateRule(modelId ?? wanted.Signal.ModelId, samples.Schema);
        var replay = new DecisionReplay(wanted, decisions.TakeWhile(decision => decision.Id != wanted.Id), samples, model);
        foreach (var batch in batches)
        {
            replay.Apply(batch);
        }

        return replay.Finish();
    }

    /// <summary>A tape's beginning in batches, and what the agent decides on it, stamped with offsets and read back from the wire.</summary>
    private static (ImmutableArray<MarketDataBatch> Batches, ImmutableArray<Decision> Decisions) Record()
    {
        var tape = DecodedTape.Load(Instrument, [RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz")]);
        var events = tape.Events[..Math.Min(EventsMax, tape.Events.Length)];
        var batches = ImmutableArray.CreateBuilder<MarketDataBatch>();
        foreach (var chunk in events.Chunk(BatchSize))
        {
            var levels = chunk.SelectMany(e => tape.LevelsOf(in e).ToArray()).ToImmutableArray();
            var start = chunk[0].LevelsStart;
            var moved = chunk.Select(e => e with { LevelsStart = e.LevelsStart - start }).ToImmutableArray();
            batches.Add(MarketDataWire.Decode(MarketDataWire.Encode(new MarketDataBatch(Instrument, 1, moved, levels, chunk[0].ReceiveTime))));
        }

        var decisions = ImmutableArray.CreateBuilder<Decision>();
        var options = TapeInput.OptionsOf(Instrument, 100_000, 0, new PaperOptions { Seed = 1 });
        new TapeBacktest(options).Run(
            schema => SignalModels.CreateRule("flow-momentum(0.2,0.05)", schema), "tape", events, tape.LevelsOf, decisions.Add);
        return (batches.ToImmutable(), [.. decisions.Select(Logged)]);
    }

    private static Decision Logged(Decision decision) => FactsWire.DecodeDecision(FactsWire.Encode(decision with
    {
        // The event after the last one in the sample completed it.
        Sample = decision.Sample with { Position = new LogPosition(0, decision.Sample.LastSequence / BatchSize, 1) },
    }));

    private static async Task Produce(string brokers, ImmutableArray<MarketDataBatch> batches, ImmutableArray<Decision> decisions)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = brokers }).Build();
        await admin.CreateTopicsAsync(
        [
            new TopicSpecification { Name = "market_data", NumPartitions = Partitions, ReplicationFactor = 1 },
            new TopicSpecification { Name = "risk_decisions", NumPartitions = 1, ReplicationFactor = 1 },
        ]);
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = brokers, EnableIdempotence = true }).Build();
        foreach (var batch in batches)
        {
            producer.Produce(Market(), new Message<byte[], byte[]> { Value = MarketDataWire.Encode(batch) });
        }

        foreach (var decision in decisions)
        {
            producer.Produce("risk_decisions", new Message<byte[], byte[]> { Value = FactsWire.Encode(decision) });
        }

        producer.Flush(TestContext.Current.CancellationToken);
    }

    private static async Task DeleteBefore(string brokers, long offset)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = brokers }).Build();
        await admin.DeleteRecordsAsync([new TopicPartitionOffset(Market(), offset)]);
    }

    private static TopicPartition Market() =>
        new("market_data", Murmur2.PartitionOf(Encoding.UTF8.GetBytes(Instrument.Key), Partitions));

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        var (output, error) = (new StringWriter(CultureInfo.InvariantCulture), new StringWriter(CultureInfo.InvariantCulture));
        var code = CommandTree.Invoke(args, new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
