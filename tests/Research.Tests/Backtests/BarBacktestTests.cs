using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Bars;
using BtcAgent.Testing;
using CsCheck;

namespace BtcAgent.Research.Tests.Backtests;

public sealed class BarBacktestTests
{
    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");

    [Fact]
    public void EmaCross_RecordedBars_EqualsTheReference()
    {
        var bars = BarFile.Read([RecordedData.Require("klines-1m-binance/btcusdt_1m_20210402_20210514.csv.xz")], 10_000).Bars;

        var result = Run(bars, new BarBacktestOptions { Cash = 10_000_000, Base = 10 });

        Assert.Equal(1_070, result.Orders);
        Assert.Equal(1_070, result.Fills.Length);
        Assert.Equal(9_999_926.43782398m, result.FinalCash);
        Assert.Equal(10m, result.FinalBase);
        Assert.Equal(62.14963602m, result.Fees);
        Assert.Equal(-73.56217602m, result.RealizedPnl);
    }

    [Fact]
    public void EmaCross_AnyBars_EqualsTheNaiveOracle() =>
        Gen.Select(Gen.Int[9_000, 11_000], Gen.Bool).Array[1, 120].Sample(steps =>
        {
            var bars = Bars(steps);
            var (orders, cash, fees) = Oracle(bars, 3, 7);

            var result = Run(bars, new BarBacktestOptions { Cash = 1_000, Base = 1 }, 3, 7);

            Assert.Equal((orders, cash, fees), (result.Orders, result.FinalCash, result.Fees));
            Assert.Equal(1m, result.FinalBase);
            Assert.Equal(result.FinalCash - 1_000, result.RealizedPnl);
        }, iter: 300);

    [Fact]
    public void EmaCross_ThroughTheSignalEngine_ReadsEmptyBarsToo()
    {
        var random = new Random(7);
        var bars = Bars([.. Enumerable.Range(0, 400).Select(_ => (random.Next(9_900, 10_100), random.Next(3) == 0))]);
        var pipeline = new BarFeaturePipeline(TimeSpan.FromMinutes(1));
        var gates = new SignalOptions { MinConfidence = 0, CoolDownMs = 0 };
        var engine = new SignalEngine(Instrument, "test", new EmaCrossModel(3, 7), gates);
        var through = new SignalRule(Instrument, pipeline, engine);
        var direct = new EmaCrossBars(new EmaCrossModel(3, 7));
        foreach (var bar in bars)
        {
            var empty = bar.High == bar.Low ? bar with { Volume = Quantity.Zero, TradeCount = 0 } : bar;
            var (wanted, signalled) = (direct.OnBar(in empty), through.OnBar(in empty));

            Assert.True(signalled == wanted || (signalled == BarTarget.Stay && empty.IsEmpty), $"{empty}: {signalled}, {wanted}");
        }
    }

    [Fact]
    public void NextOpen_Decision_FillsAtTheNextBarsOpen()
    {
        var bars = Bars([(10_000, false), (10_100, false), (10_200, false), (10_300, false)]);

        var result = Run(bars, new BarBacktestOptions { Cash = 1_000, Fill = FillAt.NextOpen, FeeBps = 0 }, 1, 2);

        Assert.Equal(bars[2].Open.ToDecimal(), result.Fills[0].Price);
        Assert.Equal(bars[2].OpenTime, result.Fills[0].EventTime);
        Assert.Equal(bars[3].Close.ToDecimal(), result.Fills[^1].Price);
    }

    [Fact]
    public void Slippage_BuysAboveSellsBelow()
    {
        var bars = Bars([(10_000, false), (10_100, false), (10_200, false)]);

        var result = Run(bars, new BarBacktestOptions { Cash = 1_000, SlippageBps = 10, FeeBps = 0 }, 1, 2);

        Assert.Equal(101m * 1.001m, result.Fills[0].Price);
        Assert.Equal(102m * 0.999m, result.Fills[1].Price);
        Assert.True(result.Fills.All(f => f.Slippage > 0));
    }

    [Fact]
    public void Order_NotPayable_SaysWhatIsMissing()
    {
        var falling = Bars([(10_000, false), (9_900, false), (9_800, false)]);
        var rising = Bars([(10_000, false), (10_100, false), (10_200, false)]);

        Assert.Contains("needs inventory", Assert.Throws<BacktestException>(
            () => Run(falling, new BarBacktestOptions { Cash = 1_000 }, 1, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("--cash", Assert.Throws<BacktestException>(
            () => Run(rising, new BarBacktestOptions { Cash = 1, Quantity = 5 }, 1, 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new BarBacktest(new BarBacktestOptions { Quantity = 0 }));
    }

    private static BacktestResult Run(Bar[] bars, BarBacktestOptions options, int fast = 10, int slow = 20) =>
        new BarBacktest(options).Run("ema-cross", Instrument, "test", bars, new EmaCrossBars(new EmaCrossModel(fast, slow)));

    private static Bar[] Bars((int Cents, bool Flat)[] steps) =>
    [
        .. steps.Select((s, i) =>
        {
            var close = Price.FromDecimal(s.Cents / 100m);
            var high = s.Flat ? close : Price.FromDecimal((s.Cents / 100m) + 1);
            return new Bar(
                Timestamp.FromUnixMilliseconds((i + 1) * 60_000L), TimeSpan.FromMinutes(1), close, high, close, close,
                Quantity.Parse("1"), Quantity.Zero, 0, 1);
        }),
    ];

    /// <summary>The reference strategy, written from its description alone.</summary>
    private static (int Orders, decimal Cash, decimal Fees) Oracle(Bar[] bars, int fast, int slow)
    {
        var (cash, fees, orders, position, seen) = (1_000m, 0m, 0, 0, 0);
        var (f, s) = (0.0, 0.0);
        void Trade(int side, decimal price)
        {
            var fee = price * 0.001m * 0.001m;
            (cash, fees, orders, position) = (cash - (side * price * 0.001m) - fee, fees + fee, orders + 1, position + side);
        }

        foreach (var bar in bars)
        {
            var triggers = !(bar.Open == bar.High && bar.High == bar.Low && bar.Low == bar.Close);
            var close = bar.Close.ToDouble();
            seen++;
            f = seen == 1 ? close : f + (2.0 / (fast + 1) * (close - f));
            s = seen == 1 ? close : s + (2.0 / (slow + 1) * (close - s));
            var wanted = f >= s ? 1 : -1;
            if (triggers && seen >= slow && wanted != position)
            {
                if (position != 0)
                {
                    Trade(-position, bar.Close.ToDecimal());
                }

                Trade(wanted, bar.Close.ToDecimal());
            }
        }

        if (position != 0)
        {
            Trade(-position, bars[^1].Close.ToDecimal());
        }

        return (orders, cash, fees);
    }
}
