using System.Globalization;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Books;
using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Indicators;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Snapshots;
using BtcAgent.Domain.Tests.Orders;
using BtcAgent.Domain.Tests.Strategies;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Testing;
using CsCheck;

namespace BtcAgent.Domain.Tests.Snapshots;

/// <summary>
/// Saved anywhere on a recorded tape and loaded into a new object, every stateful class continues to the same bits.
/// </summary>
public sealed class SavedStateTests
{
    private static readonly Gen<double> Cuts = Gen.Double[0, 1];
    private static readonly FeatureOptions Options = new() { BarIntervalMs = 500, VpinBucketBase = 0.05 };

    private static readonly Lazy<DecodedTape> Recorded = new(() => DecodedTape.Load(
        OrderFixture.Btc, [RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz")]));

    private static readonly Lazy<List<Bar>> Bars = new(() =>
    {
        var (bars, builder) = (new List<Bar>(), new BarBuilder(TimeSpan.FromSeconds(1)));
        foreach (var trade in Recorded.Value.Events.Where(e => e.Kind == MarketEventKind.Trade))
        {
            builder.OnTrade(trade.EventTime, trade.Price, trade.Quantity, trade.Aggressor);
            while (builder.TryTakeClosed(out var bar))
            {
                bars.Add(bar);
            }
        }

        return bars;
    });

    /// <summary>A fresh object, and the application of a bar to it.</summary>
    private static readonly Dictionary<string, (Func<IStateful> New, Action<IStateful, double, double, double, double> Add)> Indicators = new()
    {
        ["Ema"] = (() => new Ema(10), (x, _, _, close, _) => ((Ema)x).Add(close)),
        ["Ema of the first"] = (() => new Ema(10, seedWithFirst: true), (x, _, _, close, _) => ((Ema)x).Add(close)),
        ["Rsi"] = (() => new Rsi(14), (x, _, _, close, _) => ((Rsi)x).Add(close)),
        ["Macd"] = (() => new Macd(12, 26, 9), (x, _, _, close, _) => ((Macd)x).Add(close)),
        ["AverageTrueRange"] = (() => new AverageTrueRange(14), (x, high, low, close, _) => ((AverageTrueRange)x).Add(high, low, close)),
        ["BollingerBands"] = (() => new BollingerBands(20, 2), (x, _, _, close, _) => ((BollingerBands)x).Add(close)),
        ["Vwap"] = (() => new Vwap(60), (x, high, low, close, volume) => ((Vwap)x).Add(high, low, close, volume)),
        ["Vwap of all"] = (() => new Vwap(0), (x, high, low, close, volume) => ((Vwap)x).Add(high, low, close, volume)),
        ["DirectionalMovement"] = (() => new DirectionalMovement(14), (x, high, low, close, _) => ((DirectionalMovement)x).Add(high, low, close)),
        ["Stochastic"] = (() => new Stochastic(14, 3, 3), (x, high, low, close, _) => ((Stochastic)x).Add(high, low, close)),
        ["DonchianChannel"] = (() => new DonchianChannel(20), (x, high, low, _, _) => ((DonchianChannel)x).Add(high, low)),
        ["RollingMoments"] = (() => new RollingMoments(20), (x, _, _, _, volume) => ((RollingMoments)x).Add(volume)),
        ["RollingExtremum"] = (() => new RollingExtremum(20, highest: false), (x, _, low, _, _) => ((RollingExtremum)x).Add(low)),
    };

    /// <summary>A fresh object, and the application of an event to it, with the result as text.</summary>
    private static readonly Dictionary<string, (Func<IStateful> New, Func<IStateful, MarketEvent, PriceLevel[], string> Apply)> Readers = new()
    {
        ["EventClock"] = (() => new EventClock(), (x, e, _) => $"{((EventClock)x).Advance(in e)} {((EventClock)x).Now}"),
        ["BarBuilder"] = (() => new BarBuilder(TimeSpan.FromMilliseconds(500)), (x, e, _) => Trade((BarBuilder)x, in e)),
        ["BookSynchronizer"] = (() => new BookSynchronizer(new OrderBook()), (x, e, levels) => Apply((BookSynchronizer)x, in e, levels)),
        ["OrderBook"] = (() => new OrderBook(60), (x, e, levels) => Apply((OrderBook)x, in e, levels)),
        ["FeaturePipeline"] = (() => new FeaturePipeline(OrderFixture.Btc, Options), (x, e, levels) => Apply((FeaturePipeline)x, in e, levels)),
    };

    public static TheoryData<string> IndicatorNames => [.. Indicators.Keys];

    public static TheoryData<string> ReaderNames => [.. Readers.Keys];

    [Theory]
    [MemberData(nameof(IndicatorNames))]
    public void Load_IndicatorSavedOnATape_ContinuesToTheSameBits(string name) => Cuts.Sample(
        cut =>
        {
            var (create, add) = Indicators[name];
            var (whole, at) = (create(), (int)(Bars.Value.Count * cut));
            Bars.Value.Take(at).ToList().ForEach(bar => Add(whole, bar));
            var loaded = Load(create(), Save(whole));
            AssertSameFields(whole, loaded);
            foreach (var bar in Bars.Value.Skip(at))
            {
                Add(whole, bar);
                Add(loaded, bar);
            }

            AssertSameFields(whole, loaded);
            Assert.Equal(Save(whole), Save(loaded));

            void Add(IStateful indicator, Bar bar) =>
                add(indicator, bar.High.ToDouble(), bar.Low.ToDouble(), bar.Close.ToDouble(), bar.Volume.ToDouble());
        },
        iter: 20);

    [Theory]
    [MemberData(nameof(ReaderNames))]
    public void Load_SavedAnywhereOnATape_ContinuesToTheSameBits(string name) => Cuts.Sample(
        cut =>
        {
            var tape = Recorded.Value;
            var (create, apply) = Readers[name];
            var (whole, at) = (create(), (int)(tape.Events.Length * cut));
            for (var i = 0; i < at; i++)
            {
                apply(whole, tape.Events[i], tape.LevelsOf(in tape.Events[i]).ToArray());
            }

            var loaded = Load(create(), Save(whole));
            AssertSameFields(whole, loaded);
            for (var i = at; i < tape.Events.Length; i++)
            {
                var levels = tape.LevelsOf(in tape.Events[i]).ToArray();
                Assert.Equal(apply(whole, tape.Events[i], levels), apply(loaded, tape.Events[i], levels));
            }

            AssertSameFields(whole, loaded);
            Assert.Equal(Save(whole), Save(loaded));
        },
        iter: 6,
        threads: 1);

    /// <summary>While the book waits for a snapshot, deltas wait with it: a tape seldom contains that.</summary>
    [Fact]
    public void Load_BookThatWaitsForASnapshot_TakesTheDeltasThatWaited()
    {
        var book = new BookSynchronizer(new OrderBook());
        for (var id = 10L; id < 20; id++)
        {
            book.Apply(new MarketEvent { Kind = MarketEventKind.BookDelta, FirstId = id, LastId = id, BidCount = 1, AskCount = 1 }, [Level(id), Level(id + 90)]);
        }

        var loaded = Load(new BookSynchronizer(new OrderBook()), Save(book));
        AssertSameFields(book, loaded);
        foreach (var each in new[] { book, loaded })
        {
            Assert.Equal(BookUpdateOutcome.Synchronized, each.Apply(
                new MarketEvent { Kind = MarketEventKind.BookSnapshot, LastId = 14, BidCount = 1, AskCount = 1 }, [Level(1), Level(300)]));
        }

        Assert.Equal(book.Book.Top, loaded.Book.Top);
        Assert.Equal((19L, Price.FromUnits(19)), (loaded.LastUpdateId, loaded.Book.Top.Bid));

        static PriceLevel Level(long price) => new(Price.FromUnits(price), Quantity.FromUnits(5));
    }

    /// <summary>Changes each field in turn; a field that a class forgets to save would not change the saved state.</summary>
    [Fact]
    public void Save_AnyFieldChanged_ChangesTheState()
    {
        var pipeline = new FeaturePipeline(OrderFixture.Btc, Options);
        var tape = Recorded.Value;
        for (var i = 0; i < tape.Events.Length / 2; i++)
        {
            Apply(pipeline, in tape.Events[i], tape.LevelsOf(in tape.Events[i]).ToArray());
        }

        Assert.True(pipeline.Synchronizer.IsInSync && pipeline.Book.Count(Side.Buy) > 100);
        var before = Save(pipeline);
        var names = new HashSet<string>();
        StateFields.ChangeEach(pipeline, name =>
        {
            names.Add(name);
            Assert.False(before.AsSpan().SequenceEqual(Save(pipeline)), $"{name} is not saved");
        });

        Assert.Equal(before, Save(pipeline));
        Assert.True(names.Count > 100, $"only {names.Count} fields");
        Assert.Contains("BarBuilder._quoteUnits._lower", names);
        Assert.Contains("FlowWindows._ring.OrderFlow", names);
        Assert.Contains("EventClock._behindSince.<UnixNanoseconds>k__BackingField", names);
    }

    [Fact]
    public void ChangeEach_ClassThatForgetsAField_IsFound()
    {
        var forgetful = new Forgetful { Saved = 1, Forgotten = 1 };
        var before = Save(forgetful);
        var forgotten = new List<string>();
        StateFields.ChangeEach(forgetful, name => forgotten.AddRange(before.AsSpan().SequenceEqual(Save(forgetful)) ? [name] : []));

        Assert.Equal(["Forgetful.<Forgotten>k__BackingField"], forgotten);
    }

    /// <summary>The walk from the pipeline and the classes above reach every class that says it has a state.</summary>
    [Fact]
    public void IStateful_EveryClassOfTheDomain_IsTried()
    {
        var stateful = typeof(IStateful).Assembly.GetTypes()
            .Where(type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(typeof(IStateful)));
        var baseline = ModelBaseline.Unknown with { Distributions = new([], [], FeatureBins.Of([1, 2, 3])), Brier = 0.25, Horizon = TimeSpan.FromMinutes(1), Profit = new(0.001, 0.01) };
        var tried = new object[] { new FeaturePipeline(OrderFixture.Btc, Options), StrategyFixture.Created(() => new BandStrategy(1, 2)), new ModelWatch(baseline, new(), 10) }
            .SelectMany(root => StateFields.ChangeEach(root, _ => { })).Select(each => each.GetType());

        Assert.Equal([], stateful.Except(tried).Select(type => type.Name));
    }

    [Fact]
    public void Load_OtherSettings_IsRefused()
    {
        var refused = Assert.Throws<StateFormatException>(() => Load(new Ema(20), Save(new Ema(10))));
        Assert.Equal("length of an EMA: the state was saved with 10, this program has 20", refused.Message);
        var state = Save(new FeaturePipeline(OrderFixture.Btc, Options));
        Assert.Contains(
            "feature schema",
            Assert.Throws<StateFormatException>(() => Load(new FeaturePipeline(OrderFixture.Btc, new FeatureOptions()), state)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OtherVersionOrCutOff_IsRefused()
    {
        var state = Save(new Ema(10));
        Assert.Contains(
            "version of Ema: the state was saved with 2, this program has 1",
            Assert.Throws<StateFormatException>(() => Load(new Ema(10), [2, .. state.AsSpan(1)])).Message,
            StringComparison.Ordinal);
        for (var length = 0; length < state.Length; length++)
        {
            Assert.Throws<StateFormatException>(() => Load(new Ema(10), state[..length]));
        }

        Assert.Throws<StateFormatException>(() => Load(new Ema(10), [.. state, 0]));
    }

    private static byte[] Save(IStateful state)
    {
        var writer = new StateWriter();
        state.Save(writer);
        return writer.Written.ToArray();
    }

    private static T Load<T>(T fresh, byte[] state)
        where T : IStateful
    {
        var reader = new StateReader(state);
        fresh.Load(reader);
        reader.End();
        return fresh;
    }

    private static void AssertSameFields(object expected, object actual)
    {
        var (before, after) = (StateFields.Read(expected), StateFields.Read(actual));
        Assert.True(before.Count > 2);
        Assert.Equal(before.Keys, after.Keys);
        Assert.Equal([], before.Where(leaf => after[leaf.Key] != leaf.Value).Select(leaf => $"{leaf.Key}: {leaf.Value}, loaded {after[leaf.Key]}"));
    }

    private static string Trade(BarBuilder builder, in MarketEvent e)
    {
        if (e.Kind == MarketEventKind.Trade)
        {
            builder.OnTrade(e.EventTime, e.Price, e.Quantity, e.Aggressor);
        }

        // Every other bar waits for a while.
        return e.Sequence % 2 == 0 && builder.TryTakeClosed(out var bar) ? $"{bar}" : $"{builder.Current}";
    }

    private static string Apply(BookSynchronizer book, in MarketEvent e, PriceLevel[] levels) =>
        $"{book.Apply(in e, levels)} {book.LastUpdateId} {book.Book.Top} {Deep(book.Book, e.Sequence)}";

    private static string Apply(OrderBook book, in MarketEvent e, PriceLevel[] levels)
    {
        for (var i = 0; i < levels.Length; i++)
        {
            book.Set(i < e.BidCount ? Side.Buy : Side.Sell, levels[i].Price, levels[i].Quantity);
        }

        return $"{book.Top} {book.DroppedLevels} {Deep(book, e.Sequence)}";
    }

    private static string Deep(OrderBook book, long sequence) => string.Create(
        CultureInfo.InvariantCulture,
        $"{book.Count(Side.Buy)} {book.LevelAt(Side.Buy, (int)(sequence % 50))} {book.LevelAt(Side.Sell, (int)(sequence % 50))}");

    private static string Apply(FeaturePipeline pipeline, in MarketEvent e, PriceLevel[] levels)
    {
        var text = pipeline.TrySample(in e, out var sample)
            ? $"{sample.EventTime} {sample.LastSequence} {sample.Quote} {sample.IsWarm} {string.Join(',', sample.ClosedBars)} "
                + string.Join(',', sample.Values.Select(BitConverter.SingleToInt32Bits))
            : "";
        return $"{text}{pipeline.Apply(in e, levels)}";
    }

    private sealed class Forgetful : IStateful
    {
        public long Saved { get; set; }

        public long Forgotten { get; set; }

        public void Save(StateWriter writer) => writer.Write(Saved);

        public void Load(StateReader reader) => Saved = reader.ReadLong();
    }
}
