using BtcAgent.Cli.Inputs;
using BtcAgent.Cli.Tests.Replays;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Strategies;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Research.Backtests;
using BtcAgent.Testing;

namespace BtcAgent.Cli.Tests.Backtests;

public sealed class TapeBacktestTests
{
    private const string Rule = "flow-momentum(0.2,0.05)";
    private const int EventsMax = 60_000;

    [Fact]
    public void Run_ASecondTime_HasTheSameResult()
    {
        var tape = DecodedTape.Load(TapeRun.Instrument, [RecordedData.Require(TapeRun.Tape)]);
        var backtest = new TapeBacktest(TapeInput.OptionsOf(TapeRun.Instrument, 100_000, 0, new PaperOptions { Seed = 1 })
            with
        { Limits = new RiskLimits { CoolDownMs = 20_000 } });

        var first = Run(backtest, tape);
        var second = Run(backtest, tape);

        Assert.NotEqual(0, first.Orders);
        Assert.NotEmpty(first.Fills);
        Assert.Equal(first.DecisionsHash, second.DecisionsHash);
        Assert.Equal(first.Orders, second.Orders);
        Assert.Equal(first.Fills, second.Fills);
        Assert.Equal(first.Curve, second.Curve);
        Assert.Equal(first.Refusals, second.Refusals);
        Assert.Equal(first.RoundTrips, second.RoundTrips);
    }

    private static BacktestResult Run(TapeBacktest backtest, DecodedTape tape) => backtest.Run(
        schema => StrategyCatalog.BuiltIn.CreateById(Rule, schema), "tape", tape.Events[..Math.Min(EventsMax, tape.Events.Length)], tape.LevelsOf);
}
