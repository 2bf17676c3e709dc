using System.Text.Json;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Tests.Risk;
using static BtcAgent.Domain.Tests.Orders.OrderFixture;

namespace BtcAgent.Domain.Tests.Portfolios;

/// <summary>Fees in an asset that is not traded: counted at the price of its market, or reported as missing.</summary>
public sealed class FeeValuationTests
{
    private static readonly InstrumentId Bnb = InstrumentId.Parse("BINANCE:BNBUSDT");

    [Fact]
    public void Apply_HundredFillsWithFeesInBnb_LowerEquityByTheirWorth()
    {
        // 45 USDT a fill at 600: 4,500 in all. The account's BNB are outside of the portfolio, which owes them.
        var ledger = Ledger(100_000);
        for (var i = 0; i < 100; i++)
        {
            ledger.Apply(FillOf($"{i}", "0.01", "50000", i % 2 == 0 ? Side.Buy : Side.Sell, 0.075m, "BNB", i), Rules);
        }

        ledger.Mark(Btc, 50_000, At(100));
        Assert.True(ledger.Value(Bnb, 600));
        var snapshot = ledger.Snapshot();
        Assert.Equal(4_500, snapshot.Fees);
        Assert.Equal(100_000 - 4_500, snapshot.Equity);
        Assert.Equal(100_000, snapshot.InitialEquity);
        Assert.Equal(100_000, snapshot.HighWaterMark);
        Assert.Equal(-7.5m, snapshot.Balances["BNB"]);
        Assert.Equal(0, snapshot.GrossRealizedPnl);
        Assert.Equal(-4_500, snapshot.NetRealizedPnl);
        Assert.Equal([new FeeAsset("BNB", 7.5m, 0, 600, At(100))], snapshot.FeeAssets);
    }

    [Fact]
    public void Snapshot_FeeWithoutAPrice_SaysWhatIsMissing()
    {
        var ledger = Ledger();
        ledger.Apply(FillOf("1", "1", fee: 0.5m, feeAsset: "BNB"), Rules);
        Assert.Equal([new FeeAsset("BNB", 0.5m, 0.5m, null, Timestamp.Unknown)], ledger.Mark(Btc, 100, At(1)).FeeAssets);
    }

    [Fact]
    public void Value_FeesAfterIt_CountAtOnce()
    {
        var ledger = Ledger();
        ledger.Mark(Btc, 100, At(0));
        ledger.Value(Bnb, 600);
        ledger.Apply(FillOf("1", "1", fee: 0.5m, feeAsset: "BNB", atMs: 10), Rules);
        Assert.Equal(300, ledger.Snapshot().Fees);
        Assert.Equal(700, ledger.Snapshot().Equity);
        ledger.Mark(Btc, 100, At(20));
        ledger.Value(Bnb, 700); // What is owed became dearer.
        Assert.Equal(650, ledger.Snapshot().Equity);
        Assert.Equal(-50, ledger.Snapshot().UnrealizedPnl);
        Assert.Equal(At(20), Assert.Single(ledger.Snapshot().FeeAssets).PricedAt);
    }

    [Fact]
    public void Value_BeforeTheFirstEvent_IsNotTaken() => Assert.False(Ledger().Value(Bnb, 600));

    [Fact]
    public void Restore_StateOfBefore_KnowsItsUncountedFees()
    {
        var ledger = Ledger();
        ledger.Apply(FillOf("1", "1", fee: 0.5m, feeAsset: "BNB"), Rules);
        var before = ledger.ToState() with { FeesPaid = null };
        var restored = PortfolioLedger.Restore(before);
        Assert.Equal(0.5m, Assert.Single(restored.Snapshot().FeeAssets).Uncounted);
    }

    [Fact]
    public void Restore_StoredJsonOfThePreviousVersion_GoesOn()
    {
        const string Stored = """
            {"Portfolio":"paper","QuoteAsset":"USDT","EventTime":"2024-08-08T12:00:00.001000000Z","Balances":{"BNB":-0.5,"BTC":1,"USDT":900},
             "Positions":[{"Instrument":"BINANCE:BTCUSDT","BaseAsset":"BTC","Mark":100,"RealizedPnl":0,"Lots":[{"Quantity":1,"Cost":100,"OpenedAt":"2024-08-08T12:00:00.000000000Z"}]}],
             "InitialEquity":1000,"HighWaterMark":1000,"DayStartEquity":1000,"Day":19943,"Fees":0,"UnvaluedFees":{"BNB":0.5},"FillCount":1,
             "AppliedFills":["BINANCE:BTCUSDT/1"],"EquityCurve":[{"EventTime":"2024-08-08T12:00:00.001000000Z","Equity":1000}],"EquityIntervalMs":1000}
            """;
        var ledger = PortfolioLedger.Restore(JsonSerializer.Deserialize<PortfolioState>(Stored)!);
        Assert.False(ledger.Apply(FillOf("1", "1", fee: 0.5m, feeAsset: "BNB"), Rules));
        Assert.Null(ledger.Snapshot().Outside);
        Assert.True(ledger.Value(Bnb, 600));
        Assert.Equal(700, ledger.Snapshot().Equity);
        Assert.Equal(300, ledger.Snapshot().Fees);
    }

    [Theory]
    [InlineData(null, 0, false)]
    [InlineData(600.0, 120_000, true)]
    [InlineData(600.0, 120_001, false)]
    public void Assess_FeesThatCannotBeValued_AllowOnlySmallerPositions(double? price, double ageMs, bool passes)
    {
        var fee = new FeeAsset("BNB", 1, price is null ? 1 : 0, (decimal?)price, price is null ? Timestamp.Unknown : At(0));
        var opening = RiskFixture.Input(atMs: ageMs);
        opening = opening with { Portfolio = opening.Portfolio with { FeeAssets = [fee] } };
        var decision = RiskFixture.Engine().Assess(opening);
        if (passes)
        {
            RiskFixture.AssertApproved(decision);
        }
        else
        {
            RiskFixture.AssertRefused(decision, RiskCodes.UnvaluedFees);
            Assert.Contains("BNB", decision.Check(RiskCodes.UnvaluedFees).Detail, StringComparison.Ordinal);
        }

        var closing = RiskFixture.Input(SignalDirection.Flat, position: 1, atMs: ageMs);
        RiskFixture.AssertApproved(RiskFixture.Engine().Assess(closing with { Portfolio = closing.Portfolio with { FeeAssets = [fee] } }));
    }

    private static PortfolioLedger Ledger(decimal cash = 1_000) => new("paper", "USDT", new Dictionary<string, decimal> { ["USDT"] = cash });
}
