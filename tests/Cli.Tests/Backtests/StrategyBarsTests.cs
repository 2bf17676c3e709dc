using BtcAgent.Cli.Inputs;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Snapshots;
using BtcAgent.Domain.Strategies;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Research.Backtests;
using BtcAgent.Testing;

namespace BtcAgent.Cli.Tests.Backtests;

/// <summary>A strategy on bars decides the same over a tape and over a file of that tape's bars.</summary>
public sealed class StrategyBarsTests
{
    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");

    [Fact]
    public void Run_TapeAndItsBars_GiveTheSameSignals()
    {
        var tape = DecodedTape.Load(Instrument, [RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz")]);
        var overTape = new List<(Timestamp Close, StrategySignal Signal)>();
        new TapeBacktest(TapeInput.OptionsOf(Instrument, 100_000, 0, new PaperOptions()))
            .Run(schema => Create(overTape, schema), "tape", tape.Events, tape.LevelsOf);

        var overBars = new List<(Timestamp Close, StrategySignal Signal)>();
        var pipeline = new BarFeaturePipeline(TimeSpan.FromSeconds(5));
        var rule = new SignalRule(
            Instrument, pipeline, new SignalEngine(Instrument, "backtest", Create(overBars, pipeline.Schema), new SignalOptions()));
        foreach (var bar in BarsOf(tape))
        {
            rule.OnBar(in bar);
        }

        Assert.True(overTape.Count > 50, $"{overTape.Count} bars");
        Assert.Contains(overTape, decided => decided.Signal != overTape[0].Signal);
        Assert.Equal(overTape, overBars.Take(overTape.Count));
    }

    private static IEnumerable<Bar> BarsOf(DecodedTape tape)
    {
        var builder = new BarBuilder(TimeSpan.FromSeconds(5));
        var bars = new List<Bar>();
        foreach (var trade in tape.Events.Where(e => e.Kind == MarketEventKind.Trade))
        {
            builder.OnTrade(trade.EventTime, trade.Price, trade.Quantity, trade.Aggressor);
            while (builder.TryTakeClosed(out var bar))
            {
                bars.Add(bar);
            }
        }

        return bars;
    }

    private static ISignalModel Create(List<(Timestamp, StrategySignal)> decided, FeatureSchema schema) =>
        new StrategyDefinition("trend", "", [], _ => new TrendStrategy(decided)).Create(new Dictionary<string, double>(), schema);

    private sealed class TrendStrategy(List<(Timestamp, StrategySignal)> decided) : BarStrategy(5)
    {
        private double _last = double.NaN;

        protected override StrategySignal OnBar(in Bar bar)
        {
            var (before, close) = (_last, bar.Close.ToDouble());
            _last = close;
            var signal = close > before ? Long($"{close} after {before}, {bar.Volume} of {bar.TradeCount}") : Flat($"{close} after {before}");
            decided.Add((bar.CloseTime, signal));
            return signal;
        }

        protected override void SaveState(StateWriter writer) => writer.Write(_last);

        protected override void LoadState(StateReader reader) => _last = reader.ReadDouble();
    }
}
