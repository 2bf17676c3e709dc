using BtcAgent.Contracts.Settings;
using BtcAgent.Domain;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Snapshots;
using BtcAgent.Domain.Strategies;
using BtcAgent.Grains.Signals;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Grains.Tests.Signals;

public sealed class StrategyMemoryTests
{
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_795_910_400_000);
    private static readonly FeatureSchema Schema = FeatureSchema.Create(new FeatureOptions());

    private readonly FakeTimeProvider _time = new();
    private readonly SignalGrainState _state = new();

    [Fact]
    public void Resume_SameModelSoonAfter_ContinuesIdentically()
    {
        var before = Engine();
        Run(before, Memory(), 1, 20);

        var after = Engine();
        Run(after, Memory(), 21, 25);
        Run(before, new StrategyMemory("s", new SignalGrainState(), new AgentOptions(), _time, NullLogger.Instance), 21, 25);

        Assert.Equal((before.ModelSince, 25L), (after.ModelSince, after.ModelSamples));
        Assert.Equal(("26 bars", "26 bars"), (ReasonAt(before, 26), ReasonAt(after, 26)));
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    [InlineData(0, false)]
    [InlineData(-5, false)]
    public void Resume_GapOfTheMarket_IsAcceptedUpToTheLimit(int seconds, bool isContinued)
    {
        Run(Engine(), Memory(), 1, 20);

        var after = Engine();
        Memory().Resume(after, SampleAt(20 + seconds), NewModel);

        Assert.Equal(isContinued ? 20 : 0, after.ModelSamples);
    }

    [Fact]
    public void Resume_OtherSourceOrParameters_StartsEmpty()
    {
        Run(Engine(), Memory(), 1, 20);

        var other = Engine("other");
        Memory().Resume(other, SampleAt(21), NewModel);

        Assert.Equal(0, other.ModelSamples);
    }

    [Fact]
    public void Resume_OtherSchema_StartsEmpty()
    {
        Run(Engine(), Memory(), 1, 20);

        var after = Engine();
        Memory().Resume(after, SampleAt(21) with { SchemaHash = 1 }, NewModel);

        Assert.Equal(0, after.ModelSamples);
    }

    [Fact]
    public void Resume_DamagedState_StartsWithANewModel()
    {
        Run(Engine(), Memory(), 1, 20);
        _state.Strategy!.Image[^1] ^= 1;

        var after = Engine();
        var first = after.Model;
        Memory().Resume(after, SampleAt(21), NewModel);

        Assert.NotSame(first, after.Model);
        Assert.Equal((0L, "1 bars"), (after.ModelSamples, ReasonAt(after, 21)));
    }

    [Fact]
    public void Resume_SecondSample_ChangesNothing()
    {
        Run(Engine(), Memory(), 1, 20);
        var (after, memory) = (Engine(), Memory());
        Run(after, memory, 21, 22);

        memory.Resume(after, SampleAt(23), NewModel);

        Assert.Equal(22, after.ModelSamples);
    }

    [Fact]
    public void TakeIfDue_BeforeTheInterval_TakesNothing()
    {
        var (engine, memory) = (Engine(), Memory());
        Evaluate(engine, 1);

        Assert.False(memory.TakeIfDue(engine, SampleAt(1)));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(memory.TakeIfDue(engine, SampleAt(1)));
        Assert.Equal((SampleAt(1).EventTime, 1L), (_state.Strategy!.At, _state.Strategy.ModelSamples));
        Assert.False(memory.TakeIfDue(engine, SampleAt(2)));
    }

    [Fact]
    public void Take_StrategyThatFailed_KeepsTheLastGoodState()
    {
        var (engine, memory) = (Engine(), Memory());
        Run(engine, memory, 1, 20);
        var good = _state.Strategy;

        Run(engine, memory, CountStrategy.FailsAt, CountStrategy.FailsAt);

        Assert.False(memory.Take(engine));
        Assert.Same(good, _state.Strategy);
    }

    [Fact]
    public void Take_ModelWithoutState_TakesNothing()
    {
        var (engine, memory) = (new SignalEngine(InstrumentId.Parse("SIM:BTCUSDT"), "s", new AbsentModel("none"), new SignalOptions()), Memory());
        Evaluate(engine, 1);
        memory.TakeIfDue(engine, SampleAt(1));

        Assert.False(memory.Take(engine));
    }

    private StrategyMemory Memory() => new("s", _state, new AgentOptions(), _time, NullLogger.Instance);

    /// <summary>Evaluates the samples of these seconds as the grain does, and takes the state after the last one.</summary>
    private static void Run(SignalEngine engine, StrategyMemory memory, int from, int to)
    {
        for (var second = from; second <= to; second++)
        {
            memory.Resume(engine, SampleAt(second), NewModel);
            Evaluate(engine, second);
            memory.TakeIfDue(engine, SampleAt(second));
        }

        memory.Take(engine);
    }

    private static Signal Evaluate(SignalEngine engine, int second) => engine.Evaluate(SampleAt(second));

    private static string? ReasonAt(SignalEngine engine, int second) => Evaluate(engine, second).Reason;

    private static SignalEngine Engine(string name = "count") =>
        new(InstrumentId.Parse("SIM:BTCUSDT"), "s", NewModel(name), new SignalOptions());

    private static ISignalModel NewModel() => NewModel("count");

    private static ISignalModel NewModel(string name) =>
        new StrategyDefinition(name, "", [], _ => new CountStrategy()).Create(new Dictionary<string, double>(), Schema);

    private static FeatureSample SampleAt(int second)
    {
        var time = Start + TimeSpan.FromSeconds(second);
        var price = Price.Parse("50000");
        return new FeatureSample
        {
            Instrument = InstrumentId.Parse("SIM:BTCUSDT"),
            EventTime = time,
            ReceiveTime = time,
            LastSequence = second,
            SchemaHash = Schema.Hash,
            Values = [],
            IsWarm = true,
            Quote = new Quote(price, Quantity.Parse("1"), price, Quantity.Parse("1")),
            BookInSync = true,
            LastEventTime = time,
            ClosedBars =
            [
                new Bar(time - TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), price, price, price, price, Quantity.Parse("1"), Quantity.Parse("1"), 50_000, 1),
            ],
        };
    }

    private sealed class CountStrategy() : BarStrategy(1)
    {
        public const int FailsAt = 1_000;

        private int _bars;

        protected override StrategySignal OnBar(in Bar bar)
        {
            _bars++;
            return bar.OpenTime - Start >= TimeSpan.FromSeconds(FailsAt - 1) ? throw new InvalidOperationException("failed") : Flat($"{_bars} bars");
        }

        protected override void SaveState(StateWriter writer) => writer.Write(_bars);

        protected override void LoadState(StateReader reader) => _bars = reader.ReadInt();
    }
}
