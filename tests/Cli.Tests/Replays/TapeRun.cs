using System.Collections.Immutable;
using BtcAgent.Cli.Inputs;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Sentiment;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Strategies;
using BtcAgent.Domain.Trading;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Replays;
using BtcAgent.Testing;

namespace BtcAgent.Cli.Tests.Replays;

/// <summary>
/// The beginning of a tape in batches, and the agent's decisions on it, stamped with offsets and read back from the wire.
/// </summary>
internal sealed record TapeRun(ImmutableArray<MarketDataBatch> Batches, ImmutableArray<Decision> Decisions)
{
    public const string Tape = "ws-spot-2024/spot_btcusdt_20240808.gz";
    private const int EventsMax = 60_000;
    private const int BatchSize = 50;

    public static InstrumentId Instrument { get; } = InstrumentId.Parse("BINANCE:BTCUSDT");

    /// <param name="create">Creates a fresh model.</param>
    /// <param name="features">The agent's feature options; null for the defaults.</param>
    /// <param name="withPosts">Whether a tally of random posts became known each second.</param>
    public static TapeRun Record(Func<FeatureSchema, ISignalModel> create, FeatureOptions? features = null, bool withPosts = false)
    {
        var tape = DecodedTape.Load(Instrument, [RecordedData.Require(Tape)]);
        tape = withPosts ? tape.With([.. Posts(tape.Events[0].ReceiveTime)]) : tape;
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
        var options = TapeInput.OptionsOf(Instrument, 100_000, 0, new PaperOptions { Seed = 1 })
            with
        { Limits = new RiskLimits { CoolDownMs = 20_000 }, Features = features ?? new FeatureOptions() };
        new TapeBacktest(options).Run(create, "tape", events, tape.LevelsOf, decisions.Add);
        return new TapeRun(batches.ToImmutable(), [.. decisions.Select(Logged)]);
    }

    /// <param name="kind">A name of <see cref="DecisionKinds"/>.</param>
    public Decision Last(string kind) => Decisions.Last(decision => DecisionKinds.Of(decision) == kind);

    /// <param name="wanted">The decision to replay, possibly altered.</param>
    /// <param name="create">Creates the model; null for the recorded rule.</param>
    /// <param name="historyMax">Number of earlier decisions that are still in the log.</param>
    public (IReadOnlyList<StepResult> Steps, FirstDivergence? FirstDivergence) Replay(
        Decision wanted, Func<FeatureSchema, ISignalModel>? create = null, int historyMax = int.MaxValue)
    {
        var samples = new SampleReplay(Instrument, wanted.Sample.Options ?? new FeatureOptions());
        var model = create?.Invoke(samples.Schema) ?? StrategyCatalog.BuiltIn.CreateById(wanted.Signal.ModelId, samples.Schema);
        var history = Decisions.TakeWhile(decision => decision.Id != wanted.Id).TakeLast(historyMax);
        var replay = new DecisionReplay(wanted, history, samples, model);
        foreach (var batch in Batches)
        {
            replay.Apply(batch);
        }

        (model as IDisposable)?.Dispose();
        return replay.Finish();
    }

    private static ImmutableArray<SentimentTally> Posts(Timestamp from)
    {
        var path = Path.GetTempFileName();
        File.WriteAllLines(path, TallyLines.Make(6, from.UnixNanoseconds, 600));
        var posts = SentimentFile.Read(path);
        File.Delete(path);
        return posts;
    }

    private static Decision Logged(Decision decision) => FactsWire.DecodeDecision(FactsWire.Encode(decision with
    {
        // The event after the last one in the sample completed it.
        Sample = decision.Sample with { Position = new LogPosition(0, decision.Sample.LastSequence / BatchSize, 1) },
    }));
}
