using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Research.Backtests;

namespace BtcAgent.Research.Tests.Backtests;

/// <summary>A backtest over bars through the agent's sizing, risk, venue filters and ledger.</summary>
public sealed class CheckedBarBacktestTests
{
    private static readonly TradingRules Rules = RulesOf("BTCUSDT", "BTC");

    [Fact]
    public void Run_RandomBars_FollowsTheFiltersAndTheLedgerAddsUp()
    {
        var bars = Waves(2_000, seed: 4);
        BacktestResult Run() => Backtest(new CheckedBarOptions { SlippageBps = 1.5m, Limits = Loose() }).Run([Input(bars, new EmaCrossModel(5, 12))]);

        var (result, again) = (Run(), Run());

        Assert.True(result.Fills.Length > 30);
        Assert.All(result.Fills, f =>
        {
            Assert.Equal(0, f.Price % 0.01m);
            Assert.Equal(0, f.Quantity % 0.00001m);
            Assert.True(f.Notional >= 5);
        });
        var spent = result.Fills.Sum(f => (f.Side == Side.Buy ? f.Notional : -f.Notional) + f.Fee);
        Assert.Equal(100_000 - spent, result.FinalCash);
        Assert.Equal(result.Fills.Sum(f => f.Side == Side.Buy ? f.Quantity : -f.Quantity), result.FinalBase);
        Assert.Equal(result.Fills.Sum(f => f.Fee), result.Fees);
        Assert.NotEmpty(result.DecisionsHash);
        Assert.Equal(result.DecisionsHash, again.DecisionsHash);
        Assert.Equal(result.Fills, again.Fills);
    }

    [Fact]
    public void Entry_FixedFraction_IsSizedAndCutByTheOrderLimit()
    {
        var bars = Flat(6, 50_000);
        var whole = Backtest(new CheckedBarOptions { FeeBps = 0, Limits = Loose() }).Run([Input(bars, Script(1, 1, 1, 1, 1, 1))]);
        var cut = Backtest(new CheckedBarOptions { FeeBps = 0 }).Run([Input(bars, Script(1, 1, 1, 1, 1, 1))]);

        Assert.Equal(0.5m, Assert.Single(whole.Fills).Quantity);
        Assert.Equal([0.2m, 0.2m, 0.1m], cut.Fills.Select(f => f.Quantity));
        Assert.Contains("Open at the end, valued at the last close: 0.5 BTC.", cut.Remarks);
    }

    [Fact]
    public void DailyLoss_DailyBars_CountsForTheDayTheBarCoversAndEndsWithIt()
    {
        // Long at the first close; the second day loses 20 %, so it may not open again before the third.
        var bars = Days((100, 100), (100, 80), (80, 80), (80, 80));
        var limits = Loose();
        limits.DailyLossLimit = 0.03m;
        var result = Backtest(new CheckedBarOptions { Limits = limits, FeeBps = 0 }).Run([Input(bars, Script(1, 0, 1, 1))]);
        var held = Backtest(new CheckedBarOptions { Limits = limits, FeeBps = 0 }).Run([Input(Days((100, 100), (100, 80), (80, 79)), Script(1, 1, 1))]);

        Assert.Equal([Side.Buy, Side.Sell, Side.Buy], result.Fills.Select(f => f.Side));
        Assert.Equal([0, 1, 2], result.Fills.Select(f => (int)(f.EventTime - bars[0].OpenTime).TotalDays));
        // The loss has shrunk the position's target only a little, but the second day refuses to buy the rest.
        Assert.Equal(1, held.Refusals["DAILY_LOSS"]);
        Assert.Equal(1, held.Refusals["REDUCING"]);
    }

    [Fact]
    public void Drawdown_BeyondItsLimit_HaltsAndSaysSo()
    {
        var bars = Days((100, 100), (100, 60), (60, 60), (60, 60));
        var limits = Loose();
        limits.MaxDrawdown = 0.05m;

        var result = Backtest(new CheckedBarOptions { Limits = limits }).Run([Input(bars, Script(1, 1, 0, 1))]);

        Assert.True(result.Refusals["HALTED"] > 0);
        Assert.Contains(result.Remarks, r => r.StartsWith("Trading was halted at 2021-01-02T23:59:59.999", StringComparison.Ordinal));
    }

    [Fact]
    public void StopLoss_PositionAboveTheOrderLimit_IsClosedInSlicesForOneReason()
    {
        var bars = Flat(8, 50_000);
        bars[4] = bars[4] with { Low = Price.Parse("48000"), Close = Price.Parse("49000") };

        var result = Backtest(new CheckedBarOptions { Exits = new ExitOptions { StopLoss = 0.02m } })
            .Run([Input(bars, Script(1, 1, 1, 1, 1, 1, 1, 1))]);

        Assert.Equal(0, result.FinalBase);
        Assert.Equal(49_000m, result.Fills.First(f => f.Side == Side.Sell).Price);
        Assert.True(result.Fills.Count(f => f.Side == Side.Sell) > 1);
        Assert.All(result.RoundTrips, t => Assert.Equal(ExitReason.StopLoss, t.Exit));
        Assert.DoesNotContain(result.Fills, f => f.Side == Side.Buy && f.EventTime > bars[4].OpenTime);
    }

    [Fact]
    public void NextOpen_PriceBeyondTheCash_EndsWithoutAFill()
    {
        var bars = Flat(3, 50_000);
        bars[1] = bars[1] with { Open = Price.Parse("60000"), High = Price.Parse("60000") };
        var sizing = new SizingOptions { Fraction = 0.99m, MaxFraction = 1 };

        var result = Backtest(new CheckedBarOptions { Sizing = sizing, Limits = Loose(), Fill = FillAt.NextOpen })
            .Run([Input(bars, Script(1, 0, 0))]);

        Assert.Empty(result.Fills);
        Assert.Equal(1, result.Refusals["INSUFFICIENT_BALANCE"]);
        Assert.Equal(100_000, result.FinalCash);
    }

    [Fact]
    public void NextOpen_Order_MeetsTheOpenOnTheTick()
    {
        var bars = Flat(3, 50_000);
        bars[1] = bars[1] with { Open = Price.Parse("50010.005"), High = Price.Parse("50011") };

        var fill = Assert.Single(Backtest(new CheckedBarOptions { Limits = Loose(), Fill = FillAt.NextOpen }).Run([Input(bars, Script(1, 1, 1))]).Fills);

        Assert.Equal((50_010.01m, bars[1].OpenTime), (fill.Price, fill.EventTime));
    }

    [Fact]
    public void VenueFilter_Broken_IsCountedByItsCode()
    {
        var result = Backtest(new CheckedBarOptions { Limits = Loose() })
            .Run([Input(Flat(3, 50_000), Script(1, 1, 1)) with { Rules = Rules with { MaxNotional = 1_000 } }]);

        Assert.Empty(result.Fills);
        Assert.Equal(3, Assert.Single(result.Refusals, r => r.Key.Contains("NOTIONAL", StringComparison.Ordinal)).Value);
    }

    [Fact]
    public void TwoInstruments_ShareOnePortfolio()
    {
        var limits = Loose();
        limits.MaxGrossExposure = 40_000;
        var input = Input(Flat(3, 50_000), Script(1, 1, 1));

        var result = Backtest(new CheckedBarOptions { Limits = limits }).Run(
            [input, input with { Rules = RulesOf("ETHUSDT", "ETH"), CreateModel = Script(1, 1, 1) }]);

        Assert.Equal([1, 0], result.Instruments.Select(i => i.Fills));
        Assert.Equal(3, result.Instruments[1].Refusals["MAX_GROSS_EXPOSURE"]);
    }

    [Fact]
    public void Filters_OfAnotherInstrument_AreRefused() => Assert.Contains(
        "give its own venue filters",
        Assert.Throws<BacktestException>(() => Backtest(new CheckedBarOptions()).Run([Input(Flat(3, 0.5m), Script(1, 1, 1))])).Message,
        StringComparison.Ordinal);

    private static CheckedBarBacktest Backtest(CheckedBarOptions options) => new(options);

    private static RiskLimits Loose() => new()
    {
        MaxOrderNotional = 1e9m,
        MaxPositionNotional = 1e9m,
        MaxGrossExposure = 1e9m,
        DailyLossLimit = 1,
        WeeklyLossLimit = 1,
        MaxDrawdown = 1,
    };

    private static TradingRules RulesOf(string symbol, string asset) => new()
    {
        Instrument = InstrumentId.Parse($"BINANCE:{symbol}"),
        BaseAsset = asset,
        QuoteAsset = "USDT",
        TickSize = Price.Parse("0.01"),
        LotSize = Quantity.Parse("0.00001"),
        MinQuantity = Quantity.Parse("0.00001"),
        MaxQuantity = Quantity.Parse("9000"),
        MinNotional = 5,
    };

    private static CheckedBarInput Input(Bar[] bars, ISignalModel model) => Input(bars, _ => model);

    private static CheckedBarInput Input(Bar[] bars, Func<FeatureSchema, ISignalModel> create) => new(Rules, "test", bars, bars[0].Interval, create);

    private static Func<FeatureSchema, ISignalModel> Script(params int[] wishes) => _ => new Scripted(wishes);

    private static Bar[] Flat(int count, decimal price) =>
        [.. Enumerable.Range(0, count).Select(i => BarOf(i, TimeSpan.FromHours(1), price, price))];

    private static Bar[] Days(params (decimal Open, decimal Close)[] days) =>
        [.. days.Select((d, i) => BarOf(i, TimeSpan.FromDays(1), d.Open, d.Close))];

    private static Bar[] Waves(int count, int seed)
    {
        var random = new Random(seed);
        var bars = new Bar[count];
        var close = 50_000m;
        for (var i = 0; i < count; i++)
        {
            var open = close;
            close = decimal.Round(50_000 + (500 * (decimal)Math.Sin(i / 15.0)) + (decimal)(random.NextDouble() * 40), 2);
            bars[i] = BarOf(i, TimeSpan.FromMinutes(1), open, close);
        }

        return bars;
    }

    private static Bar BarOf(int index, TimeSpan interval, decimal open, decimal close) => new(
        Timestamp.FromUnixMilliseconds(1_609_459_200_000) + (interval * index),
        interval,
        Price.FromDecimal(open),
        Price.FromDecimal(Math.Max(open, close)),
        Price.FromDecimal(Math.Min(open, close)),
        Price.FromDecimal(close),
        Quantity.Parse("10"),
        Quantity.Zero,
        0,
        1);

    private sealed class Scripted(int[] wishes) : ISignalModel
    {
        private int _bars;

        public string Id => "scripted";

        public string Hash => Id;

        public Timestamp TrainedTo => Timestamp.Unknown;

        public void OnBar(in Bar bar) => _bars++;

        public ModelScore Score(FeatureSample sample) => new((SignalDirection)wishes[_bars - 1], wishes[_bars - 1], 1, double.NaN);
    }
}
