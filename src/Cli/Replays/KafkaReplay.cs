using System.CommandLine;
using System.Text;
using BtcAgent.Cli.Output;
using BtcAgent.Contracts.Streams;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Strategies;
using BtcAgent.Research.Replays;
using BtcAgent.Streaming.Kafka;
using Confluent.Kafka;

namespace BtcAgent.Cli.Replays;

/// <summary>Replays a decision from a cluster's topics: <c>replay --from-kafka</c>.</summary>
internal sealed class KafkaReplay
{
    private readonly Option<string?> _brokers = new("--from-kafka") { Description = "brokers of the cluster's log, host:port,…, instead of tapes" };

    private readonly Option<string> _prefix = new("--topic-prefix")
    {
        Description = "prefix of the topics' names",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<string[]> _settings = new(KafkaSettings.OptionName, "--client")
    {
        Description = "a setting of librdkafka for TLS or SASL, such as security.protocol=SSL; =@FILE takes the value from a file; may be repeated",
    };

    private readonly ArtefactOptions _artefacts = new();

    private readonly Option<bool> _explain = new("--explain") { Description = "also print each feature's contribution to a trained model's score (TreeSHAP)" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _brokers, _prefix, _settings, _explain })
        {
            command.Options.Add(option);
        }

        _artefacts.AddTo(command);
    }

    public bool IsAsked(ParseResult arguments) => arguments.GetValue(_brokers) is not null;

    /// <returns>0 only if every step is equal.</returns>
    /// <exception cref="ReplayException">The decision cannot be replayed.</exception>
    public int Run(ParseResult arguments, string wanted, string? model, Func<string, StrategyCatalog> strategies, CommandOutput output, CancellationToken cancellationToken)
    {
        var places = _artefacts.Of(arguments, model);
        using var decisions = Open(arguments, StreamNames.Decisions);
        using var market = Open(arguments, StreamNames.MarketData);
        var log = new DecisionLog(decisions);
        var logged = log.Find(wanted, cancellationToken);
        var sample = logged.Decision.Sample;
        var position = sample.Position
            ?? throw new ReplayException($"decision {logged.Decision.Id} has no offsets, because it was not made in a cluster; replay its tape with --tape");
        var partition = Murmur2.PartitionOf(Encoding.UTF8.GetBytes(sample.Instrument.Key), market.Partitions);
        RequireKept(market, partition, position, logged.Decision.Id.Text);

        var options = sample.Options ?? new FeatureOptions();
        var samples = new SampleReplay(
            sample.Instrument, options, position.Lines, position.Lines == 1 ? position.FeedEpoch : long.MaxValue, FeatureSchema.Find(options, sample.SchemaHash));
        if (samples.Schema.Hash != sample.SchemaHash)
        {
            throw new ReplayException(
                $"decision {logged.Decision.Id} has features of schema {sample.SchemaHash:x16}, but this program computes {samples.Schema.Hash:x16}: "
                + (sample.Options is null
                    ? "an older version decided, which did not store its feature settings, and they were not the defaults: replay with that version"
                    : "replay with the version that decided"));
        }

        using var opened = RecordedModel.Open(
            logged.Decision.Signal, samples.Schema, strategies, signal => places.Find(signal, cancellationToken));
        var replay = new DecisionReplay(logged.Decision, log.HistoryOf(logged, cancellationToken), samples, opened.Model);
        var (messages, unreadable) = Feed(market, partition, position, replay, cancellationToken);
        var (steps, firstDivergence) = replay.Finish();
        var explanation = arguments.GetValue(_explain) && replay.Made is { } made && opened.Explain(made) is { } explained
            ? ReplayExplanation.Of(explained, made, samples.Schema)
            : null;
        var report = ReportOf(logged, partition, messages, unreadable, samples.Events, replay, steps, firstDivergence)
            with
        { Explanation = explanation };
        output.Result(report, console => ReplayTable.Write(console, report));
        return report.IsSame ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static void RequireKept(KafkaTopic market, int partition, LogPosition position, string decision)
    {
        var (first, next) = market.RangeOf(partition);
        if (position.Origin < first || position.Offset >= next)
        {
            throw new ReplayException(
                $"decision {decision} needs offsets {position.Origin} to {position.Offset} of topic '{market.Name}', partition {partition}, "
                + $"which keeps {first} to {next - 1}: raise Kafka:RetentionHours for future ones, or check that the topic is the decision's");
        }
    }

    private static (long Messages, long Unreadable) Feed(
        KafkaTopic market, int partition, LogPosition position, DecisionReplay replay, CancellationToken cancellationToken)
    {
        var (messages, unreadable) = (0L, 0L);
        foreach (var result in market.Read(partition, position.Origin, position.Offset + 1, cancellationToken))
        {
            messages++;
            try
            {
                replay.Apply(MarketDataWire.DecodeMessage(
                    result.Message.Key, result.Message.Value, result.Message.Timestamp is { Type: not TimestampType.NotAvailable } logged ? logged.UtcDateTime : null));
            }
            catch (FormatException)
            {
                unreadable++;
            }
        }

        return (messages, unreadable);
    }

    private static ReplayReport ReportOf(
        LoggedDecision logged,
        int partition,
        long messages,
        long unreadable,
        long events,
        DecisionReplay replay,
        IReadOnlyList<StepResult> steps,
        FirstDivergence? firstDivergence)
    {
        var decision = logged.Decision;
        return new ReplayReport(
            decision.Id.Text,
            decision.Portfolio,
            decision.Sample.Instrument.Key,
            decision.Signal.Strategy,
            decision.Sample.EventTime,
            decision.Risk.Outcome.ToString(),
            decision.Signal.ModelId,
            decision.Signal.ModelHash,
            decision.Sample.Position!,
            partition,
            messages,
            unreadable,
            events,
            replay.History + replay.FromRecord,
            steps,
            firstDivergence,
            Explanation: null);
    }

    private KafkaTopic Open(ParseResult arguments, string topic)
    {
        var settings = KafkaSettings.Parse(arguments.GetValue(_settings) ?? []);
        return new KafkaTopic(arguments.GetValue(_brokers)!, settings, arguments.GetValue(_prefix) + topic, TimeProvider.System);
    }
}
