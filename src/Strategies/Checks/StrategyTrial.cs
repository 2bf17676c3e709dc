using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Snapshots;
using BtcAgent.Domain.Strategies;
using BtcAgent.Strategies.Sources;

namespace BtcAgent.Strategies.Checks;

/// <summary>
/// Runs a strategy with its defaults over a made-up market: it must decide the same when it runs again, and when it is saved
/// and loaded on the way.
/// </summary>
internal static class StrategyTrial
{
    private const int Steps = 600;
    private const int CutEvery = 97;
    private const ulong Seed = 20_260_301;

    private static readonly InstrumentId Instrument = InstrumentId.Parse("TRIAL:BTCUSDT");
    private static readonly Timestamp Start = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Time that the whole trial may take; a usual one takes milliseconds.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Runs the trial on a separate thread: one that loops forever cannot be ended, but it is reported instead of hanging the
    /// command or the start.
    /// </summary>
    /// <exception cref="StrategyException">
    /// The strategy throws, decides differently the second time, forgets state, or takes longer than the limit.
    /// </exception>
    public static void Run(StrategyDefinition definition) => Run(definition, Limit);

    internal static void Run(StrategyDefinition definition, TimeSpan limit)
    {
        ExceptionDispatchInfo? failure = null;
        var trial = new Thread(() =>
        {
            try
            {
                Try(definition);
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        })
        {
            IsBackground = true,
            Name = $"trial of {definition.Name}",
        };
        trial.Start();
        if (!trial.Join(limit))
        {
            throw Refused(
                definition,
                FormattableString.Invariant($"does not end: {Steps} bars took more than {limit.TotalSeconds:0.#} s; look for a loop without an end, or for work that grows with each bar"));
        }

        failure?.Throw();
    }

    private static void Try(StrategyDefinition definition)
    {
        var interval = Create(definition, FeatureSchema.Create(new FeatureOptions())) is BarStrategy bars ? bars.BarInterval : TimeSpan.FromSeconds(1);
        var options = new FeatureOptions { BarIntervalMs = (int)interval.TotalMilliseconds };
        var schema = FeatureSchema.Create(options);
        var samples = Samples(schema, interval);
        var first = Scores(definition, schema, samples, Timestamp.Unknown);
        if (FirstDifference(first, Scores(definition, schema, samples, Timestamp.Unknown)) is { } again)
        {
            throw Refused(definition, $"decides differently when it runs again, {again}: it must depend on nothing but bars, samples and parameters");
        }

        for (var cut = 1; cut < samples.Length; cut += CutEvery)
        {
            if (FirstDifference(first, Scores(definition, schema, samples, samples[cut].EventTime)) is { } resumed)
            {
                throw Refused(
                    definition,
                    $"decides differently after SaveState and LoadState at bar {cut}, {resumed}: write and read every field that changes, in the same order");
            }
        }
    }

    private static List<ModelScore> Scores(
        StrategyDefinition definition, FeatureSchema schema, ImmutableArray<FeatureSample> samples, Timestamp resumeBefore)
    {
        var strategy = Create(definition, schema);
        var scores = new List<ModelScore>(samples.Length);
        foreach (var sample in samples)
        {
            strategy = sample.EventTime == resumeBefore ? Resumed(definition, strategy, Create(definition, schema)) : strategy;
            var model = (ISignalModel)strategy;
            foreach (var bar in sample.ClosedBars)
            {
                model.OnBar(in bar);
            }

            scores.Add(model.Score(sample));
            if (strategy.Failure is { } failure)
            {
                throw Refused(definition, $"fails at bar {scores.Count}: {failure.GetType().Name}: {failure.Message}{StrategyPlace.Of(failure)}");
            }
        }

        return scores;
    }

    private static Strategy Create(StrategyDefinition definition, FeatureSchema schema)
    {
        try
        {
            return (Strategy)definition.Create(ImmutableDictionary<string, double>.Empty, schema);
        }
        catch (ArgumentException e)
        {
            throw Refused(definition, $"cannot be created with its defaults: {e.Message}");
        }
    }

    private static Strategy Resumed(StrategyDefinition definition, Strategy saved, Strategy fresh)
    {
        try
        {
            var writer = new StateWriter();
            saved.Save(writer);
            var reader = new StateReader(writer.Written);
            fresh.Load(reader);
            reader.End();
            return fresh;
        }
        catch (Exception e)
        {
            throw Refused(definition, $"cannot load the state that it saved: {e.Message}: read what SaveState writes, in the same order");
        }
    }

    private static string? FirstDifference(List<ModelScore> expected, List<ModelScore> actual)
    {
        var at = expected.Zip(actual).ToList().FindIndex(pair => pair.First != pair.Second);
        return at < 0 ? null : FormattableString.Invariant($"first at bar {at + 1} ({TextOf(expected[at])}, then {TextOf(actual[at])})");
    }

    private static string TextOf(ModelScore score) =>
        score.NotReady ?? FormattableString.Invariant($"{score.Direction} with confidence {score.Confidence}: {score.Reason}");

    private static StrategyException Refused(StrategyDefinition definition, string why) =>
        new($"strategy {definition.Source} {why}.\nCorrect it, and check it with 'btcagent strategy check {definition.Source}'.");

    /// <summary>Waves with noise, so that averages cross and bands are left; the features are noise too, unknown at first.</summary>
    private static ImmutableArray<FeatureSample> Samples(FeatureSchema schema, TimeSpan interval)
    {
        var noise = new Noise(Seed);
        var samples = ImmutableArray.CreateBuilder<FeatureSample>(Steps);
        var last = 50_000.0;
        for (var i = 0; i < Steps; i++)
        {
            var close = 50_000 + (400 * Math.Sin(i / 25.0)) + (250 * noise.Next());
            var bar = new Bar(
                Start + (i * interval),
                interval,
                PriceOf(last),
                PriceOf(Math.Max(last, close) + 20),
                PriceOf(Math.Min(last, close) - 20),
                PriceOf(close),
                Quantity.FromUnits(100_000_000),
                Quantity.FromUnits(50_000_000),
                0,
                5);
            last = close;
            var known = i >= 60;
            var values = new float[schema.Count];
            foreach (ref var value in values.AsSpan())
            {
                value = known ? (float)noise.Next() : float.NaN;
            }

            samples.Add(new FeatureSample
            {
                Instrument = Instrument,
                EventTime = bar.CloseTime,
                ReceiveTime = bar.CloseTime,
                LastSequence = i + 1,
                SchemaHash = schema.Hash,
                Values = [.. values],
                IsWarm = known,
                Quote = new Quote(PriceOf(close - 1), Quantity.FromUnits(1), PriceOf(close + 1), Quantity.FromUnits(1)),
                BookInSync = true,
                LastEventTime = bar.CloseTime,
                ClosedBars = [bar],
            });
        }

        return samples.MoveToImmutable();
    }

    private static Price PriceOf(double value) => Price.FromUnits((long)Math.Round(value * 100) * 1_000_000);

    /// <summary>Repeatable numbers between −1 and 1 (splitmix64, Steele, Lea, Flood 2014).</summary>
    private sealed class Noise(ulong seed)
    {
        private ulong _state = seed;

        public double Next()
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return ((mixed ^ (mixed >> 31)) / (double)ulong.MaxValue * 2) - 1;
        }
    }
}
