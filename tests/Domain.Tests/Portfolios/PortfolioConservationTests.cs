using System.Text.Json;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using CsCheck;
using static BtcAgent.Domain.Tests.Orders.OrderFixture;

namespace BtcAgent.Domain.Tests.Portfolios;

public sealed class PortfolioConservationTests
{
    private static readonly string[] FeeAssets = ["USDT", "BTC", "BNB"];

    private static readonly Gen<Step> Steps =
        from isMark in Gen.Int[0, 3].Select(i => i == 0)
        from side in Gen.Bool.Select(buy => buy ? Side.Buy : Side.Sell)
        from price in Gen.Long[1, 10_000_000_000_000]
        from quantity in Gen.Long[1, 1_000_000_000]
        from feeAsset in Gen.Int[0, 2].Select(i => FeeAssets[i])
        from fee in Gen.Long[0, 100_000]
        select new Step(isMark, side, price, quantity, feeAsset, fee);

    private static readonly Gen<(decimal Base, List<Step> Steps)> Histories =
        from initial in Gen.Int[0, 3]
        from steps in Steps.List[1, 60]
        select ((decimal)initial, steps);

    [Fact]
    public void Apply_AnyFills_ConservesMoney() => Histories.Sample(history =>
    {
        var ledger = Ledger(history.Base);
        decimal cash = 100_000, coins = history.Base, fees = 0;
        Play(ledger, history.Steps, fill =>
        {
            var sign = fill.Side == Side.Buy ? 1 : -1;
            cash -= (sign * fill.Notional) + (fill.FeeAsset == "USDT" ? fill.Fee : 0);
            coins += (sign * fill.Quantity.ToDecimal()) - (fill.FeeAsset == "BTC" ? fill.Fee : 0);
            fees += fill.FeeAsset == "BNB" ? fill.Fee : 0;
        });
        var snapshot = ledger.Mark(Btc, 55_555.55m, At(1e9));
        Assert.Equal(cash, snapshot.Balances["USDT"]);
        Assert.Equal(cash, snapshot.Cash);
        Assert.Equal(coins, snapshot.Balances.GetValueOrDefault("BTC"));
        Assert.Equal(coins, snapshot.Position(Btc)!.Quantity);
        Assert.Equal(1 - fees, snapshot.Balances["BNB"]);
        Assert.Equal(cash + (coins * 55_555.55m), snapshot.Equity);
    });

    [Fact]
    public void Mark_AfterAnyFills_ProfitExplainsEquity() => Histories.Sample(history =>
    {
        var ledger = Ledger(history.Base);
        Play(ledger, history.Steps, _ => { });
        foreach (var (instrument, mark) in new[] { ("BINANCE:BTCUSDT", 61_234.56m), ("BINANCE:BNBUSDT", 512.3m) })
        {
            var snapshot = ledger.Mark(InstrumentId.Parse(instrument), mark, At(1e9));
            Assert.Equal(
                snapshot.Equity - snapshot.InitialEquity,
                snapshot.RealizedPnl + snapshot.UnrealizedPnl - snapshot.Fees);
            Assert.True(snapshot.HighWaterMark >= snapshot.Equity);
        }
    });

    [Fact]
    public void Apply_EveryFillTwiceAndOverRestarts_IsAsOnce() => Histories.Sample(history =>
    {
        var once = Ledger(history.Base);
        var twice = Ledger(history.Base);
        Play(once, history.Steps, _ => { });
        Play(twice, history.Steps, fill =>
        {
            Assert.False(twice.Apply(fill, Rules));
            twice = PortfolioLedger.Restore(twice.ToState());
            Assert.False(twice.Apply(fill, Rules));
        }, () => twice);
        Assert.Equal(JsonSerializer.Serialize(once.ToState()), JsonSerializer.Serialize(twice.ToState()));
    }, iter: 30);

    [Fact]
    public void Apply_MoreLotsThanKept_StillBalances()
    {
        var ledger = Ledger(0);
        for (var i = 0; i < 1_200; i++)
        {
            ledger.Apply(FillOf($"{i}", "0.001", $"{100 + i}"), Rules);
        }

        Assert.Equal(1_000, ledger.ToState().Positions[0].Lots.Length);
        var snapshot = ledger.Mark(Btc, 700, At(1));
        Assert.Equal(snapshot.Equity - snapshot.InitialEquity, snapshot.UnrealizedPnl);
    }

    private static void Play(
        PortfolioLedger ledger, List<Step> steps, Action<Fill> applied, Func<PortfolioLedger>? current = null)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            ledger = current?.Invoke() ?? ledger;
            if (step.IsMark)
            {
                ledger.Mark(Btc, Price.FromUnits(step.Price).ToDecimal(), At(i));
                continue;
            }

            var fill = FillOf($"t{i}", "1", "1", step.Side, step.Fee / 1e8m, step.FeeAsset, i) with
            {
                Price = Price.FromUnits(step.Price),
                Quantity = Quantity.FromUnits(step.Quantity),
            };
            Assert.True(ledger.Apply(fill, Rules));
            applied(fill);
        }
    }

    private static PortfolioLedger Ledger(decimal coins) => new(
        "paper", "USDT", new Dictionary<string, decimal> { ["USDT"] = 100_000, ["BTC"] = coins, ["BNB"] = 1 });

    private sealed record Step(bool IsMark, Side Side, long Price, long Quantity, string FeeAsset, long Fee);
}
