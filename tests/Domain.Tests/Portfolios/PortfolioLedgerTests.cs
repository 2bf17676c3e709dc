using System.Text.Json;
using BtcAgent.Domain.Portfolios;
using static BtcAgent.Domain.Tests.Orders.OrderFixture;

namespace BtcAgent.Domain.Tests.Portfolios;

public sealed class PortfolioLedgerTests
{
    private const double DayMs = 86_400_000;

    [Fact]
    public void Apply_BuyThenSell_RealizesFirstInFirstOut()
    {
        var ledger = Ledger();
        ledger.Apply(FillOf("1", "1", "100", fee: 0.1m), Rules);
        ledger.Apply(FillOf("2", "1", "110", fee: 0.11m), Rules);
        ledger.Apply(FillOf("3", "1.5", "120", Side.Sell, 0.18m), Rules);
        var snapshot = ledger.Mark(Btc, 130, At(10));
        Assert.Equal(25, snapshot.RealizedPnl);
        Assert.Equal(10, snapshot.UnrealizedPnl);
        Assert.Equal(0.39m, snapshot.Fees);
        Assert.Equal(1_000 - 210 + 180 - 0.39m, snapshot.Cash);
        Assert.Equal(1_034.61m, snapshot.Equity);
        Assert.Equal(110, snapshot.Position(Btc)!.AveragePrice);
        Assert.Equal(3, snapshot.FillCount);
    }

    [Fact]
    public void Apply_SellThroughZero_OpensShortAtThePrice()
    {
        var ledger = Ledger();
        ledger.Apply(FillOf("1", "1", "100"), Rules);
        ledger.Apply(FillOf("2", "3", "110", Side.Sell), Rules);
        var position = ledger.Mark(Btc, 105, At(1)).Position(Btc)!;
        Assert.Equal(-2, position.Quantity);
        Assert.Equal(110, position.AveragePrice);
        Assert.Equal(10, position.RealizedPnl);
        Assert.Equal(10, position.UnrealizedPnl);
        ledger.Apply(FillOf("3", "2", "100"), Rules);
        position = ledger.Mark(Btc, 105, At(1)).Position(Btc)!;
        Assert.Null(position.AveragePrice);
        Assert.Equal(30, position.RealizedPnl);
        Assert.Equal(0, position.UnrealizedPnl);
    }

    [Fact]
    public void Apply_SameTradeTwice_CountsOnce()
    {
        var ledger = Ledger();
        Assert.True(ledger.Apply(FillOf("1", "1"), Rules));
        var before = JsonSerializer.Serialize(ledger.ToState());
        Assert.False(ledger.Apply(FillOf("1", "1"), Rules));
        Assert.Equal(before, JsonSerializer.Serialize(ledger.ToState()));
    }

    [Fact]
    public void Apply_OverAThousandRedeliveredFills_NoneIsBookedTwice()
    {
        const int Count = 2_500;
        var ledger = Ledger();
        for (var times = 0; times < 2; times++)
        {
            for (var i = 1; i <= Count; i++)
            {
                Assert.Equal(times == 0, ledger.Apply(FillOf($"{i}", "0.001") with { Number = i }, Rules));
            }

            ledger = PortfolioLedger.Restore(ledger.ToState());
        }

        Assert.Equal(Count, ledger.Snapshot().FillCount);
        Assert.Empty(ledger.ToState().AppliedFills); // One number per instrument knows them all.
    }

    [Fact]
    public void Apply_OverAThousandRedeliveredFillsWithoutNumbers_NoneIsBookedTwice()
    {
        const int Count = 1_500;
        var ledger = Ledger();
        for (var i = 0; i < 2 * Count; i++)
        {
            Assert.Equal(i < Count, ledger.Apply(FillOf($"{i % Count}", "0.001"), Rules));
        }

        Assert.Equal(Count, ledger.Snapshot().FillCount);
    }

    [Fact]
    public void Apply_NumberedFillThatWasBookedWithoutItsNumber_IsARepeat()
    {
        var ledger = Ledger();
        Assert.True(ledger.Apply(FillOf("7", "0.001"), Rules));
        Assert.False(ledger.Apply(FillOf("7", "0.001") with { Number = 9 }, Rules));
        Assert.True(ledger.Apply(FillOf("6", "0.001") with { Number = 10 }, Rules));
    }

    [Fact]
    public void Transfer_Repeated_IsBookedOnceAlsoAfterARestart()
    {
        var ledger = Ledger();
        var transfer = new BalanceTransfer("USDT-1-5", "USDT", 5, "TRANSFER", At(1));
        Assert.True(ledger.Transfer(transfer));
        ledger = PortfolioLedger.Restore(ledger.ToState());
        Assert.False(ledger.Transfer(transfer));
        Assert.True(ledger.Transfer(transfer with { Id = "USDT-1-5-2" }));

        // A state stored before transfers had their own list.
        var old = ledger.ToState() with { AppliedTransfers = [], AppliedFills = ["transfer/USDT-1-5"] };
        Assert.False(PortfolioLedger.Restore(old).Transfer(transfer));
    }

    [Fact]
    public void Apply_ForeignFill_Throws()
    {
        var ledger = Ledger();
        Assert.Throws<ArgumentException>(() => ledger.Apply(FillOf("1", "1") with { Portfolio = "other" }, Rules));
        Assert.Throws<ArgumentException>(() => ledger.Apply(FillOf("1", "1"), Rules with { QuoteAsset = "EUR" }));
        Assert.True(ledger.Apply(FillOf("1", "1"), Rules));
    }

    [Fact]
    public void Apply_FeeInBase_LeavesLessOfIt()
    {
        var ledger = Ledger();
        ledger.Apply(FillOf("1", "1", "100", fee: 0.001m, feeAsset: "BTC"), Rules);
        var snapshot = ledger.Mark(Btc, 200, At(1));
        Assert.Equal(0.999m, snapshot.Position(Btc)!.Quantity);
        Assert.Equal(0.999m, snapshot.Balances["BTC"]);
        Assert.Equal(0.1m, snapshot.Fees);
        Assert.Equal(900 + (0.999m * 200), snapshot.Equity);
        AssertBalanced(snapshot);
    }

    [Fact]
    public void Apply_FeeInMarkedThirdAsset_IsSoldAtItsMark()
    {
        var bnb = InstrumentId.Parse("BINANCE:BNBUSDT");
        var ledger = Ledger(("BNB", 2));
        ledger.Mark(bnb, 500, At(0));
        ledger.Mark(bnb, 600, At(1));
        ledger.Apply(FillOf("1", "1", fee: 0.5m, feeAsset: "BNB"), Rules);
        var snapshot = ledger.Mark(Btc, 100, At(2));
        Assert.Equal(2_000, snapshot.InitialEquity);
        Assert.Equal(300, snapshot.Fees);
        Assert.Equal(1.5m, snapshot.Balances["BNB"]);
        Assert.Equal(1_000 + 900, snapshot.Equity);
        AssertBalanced(snapshot);
    }

    [Fact]
    public void Mark_FeePaidBeforeFirstMarkOfItsAsset_IsCountedThen()
    {
        var ledger = Ledger(("BNB", 2));
        ledger.Apply(FillOf("1", "1", fee: 0.5m, feeAsset: "BNB"), Rules);
        Assert.Equal(0, ledger.Snapshot().Fees);
        var snapshot = ledger.Mark(InstrumentId.Parse("BINANCE:BNBUSDT"), 600, At(2));
        Assert.Equal(300, snapshot.Fees);
        Assert.Equal(2_200, snapshot.InitialEquity);
        AssertBalanced(snapshot);
    }

    [Fact]
    public void Mark_InitialBase_IsLotAtFirstMark()
    {
        var ledger = Ledger(("BTC", 2));
        var first = ledger.Mark(Btc, 100, At(0));
        Assert.Equal(1_200, first.InitialEquity);
        Assert.Equal(0, first.DayPnl);
        Assert.Equal(1_200, first.HighWaterMark);
        ledger.Apply(FillOf("1", "1", "110", Side.Sell), Rules);
        var snapshot = ledger.Mark(Btc, 120, At(1));
        Assert.Equal(10, snapshot.RealizedPnl);
        Assert.Equal(20, snapshot.UnrealizedPnl);
        AssertBalanced(snapshot);
    }

    [Fact]
    public void Mark_TwoInstrumentsOfOneAsset_ValuesBalanceOnce()
    {
        var ledger = Ledger(("BTC", 2));
        ledger.Mark(Btc, 100, At(0));
        Assert.Equal(1_200, ledger.Mark(InstrumentId.Parse("OTHER:BTCUSDT"), 100, At(0)).Equity);
    }

    [Fact]
    public void Mark_NotPositiveOrNotInQuote_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Ledger().Mark(Btc, 0, At(0)));
        Assert.Throws<ArgumentException>(() => Ledger().Mark(InstrumentId.Parse("BINANCE:BTCEUR"), 1, At(0)));
    }

    [Fact]
    public void Mark_PeakThenFall_KeepsHighWaterMark()
    {
        var ledger = Ledger(("BTC", 10));
        ledger.Mark(Btc, 100, At(0));
        ledger.Mark(Btc, 120, At(1));
        var snapshot = ledger.Mark(Btc, 98, At(2));
        Assert.Equal(2_200, snapshot.HighWaterMark);
        Assert.Equal(0.1m, snapshot.Drawdown);
    }

    [Fact]
    public void Mark_NewUtcDay_StartsFromItsFirstMark()
    {
        var ledger = Ledger(("BTC", 10));
        ledger.Mark(Btc, 100, At(0));
        Assert.Equal(2_000, ledger.Mark(Btc, 110, At((DayMs / 2) - 1)).DayStartEquity);
        Assert.Equal(2_200, ledger.Mark(Btc, 120, At(DayMs / 2)).DayStartEquity);
        Assert.Equal(2_200, ledger.Mark(Btc, 130, At((DayMs / 2) + 1)).DayStartEquity);
    }

    [Fact]
    public void Mark_FillBeforeFirstMark_DayStartsFromInitialEquity()
    {
        var ledger = Ledger();
        ledger.Apply(FillOf("1", "1", "100"), Rules);
        Assert.Equal(-10, ledger.Mark(Btc, 90, At(1)).DayPnl);
    }

    [Fact]
    public void EquityCurve_Full_HalvesAndDoublesItsInterval()
    {
        var ledger = Ledger();
        ledger.Mark(Btc, 100, At(0));
        ledger.Mark(Btc, 100, At(999));
        Assert.Single(ledger.EquityCurve);
        for (var i = 1; i < PortfolioLedger.EquityPointsMax; i++)
        {
            ledger.Mark(Btc, 100, At(i * 1_000));
        }

        Assert.Equal(PortfolioLedger.EquityPointsMax, ledger.EquityCurve.Count);
        ledger.Mark(Btc, 100, At(PortfolioLedger.EquityPointsMax * 1_000));
        Assert.Equal((PortfolioLedger.EquityPointsMax / 2) + 1, ledger.EquityCurve.Count);
        Assert.Equal(2_000, ledger.ToState().EquityIntervalMs);
        Assert.Equal(At(0), ledger.EquityCurve[0].EventTime);
        Assert.Equal(At(2_000), ledger.EquityCurve[1].EventTime);
    }

    [Fact]
    public void Restore_FromJson_GoesOnTheSame()
    {
        var ledger = Ledger(("BNB", 1));
        ledger.Apply(FillOf("1", "1", fee: 0.01m, feeAsset: "BNB"), Rules);
        ledger.Mark(Btc, 110, At(1));
        ledger.Apply(FillOf("2", "0.3", "120", Side.Sell, 0.1m), Rules);
        var json = JsonSerializer.Serialize(ledger.ToState());
        var restored = PortfolioLedger.Restore(JsonSerializer.Deserialize<PortfolioState>(json)!);
        Assert.Equal(json, JsonSerializer.Serialize(restored.ToState()));
        Assert.False(restored.Apply(FillOf("2", "0.3", "120", Side.Sell, 0.1m), Rules));
        foreach (var books in new[] { ledger, restored })
        {
            books.Apply(FillOf("3", "2", "130", Side.Sell), Rules);
            books.Mark(Btc, 125, At(2_000));
        }

        Assert.Equal(JsonSerializer.Serialize(ledger.ToState()), JsonSerializer.Serialize(restored.ToState()));
    }

    private static void AssertBalanced(PortfolioSnapshot snapshot) => Assert.Equal(
        snapshot.Equity - snapshot.InitialEquity, snapshot.RealizedPnl + snapshot.UnrealizedPnl - snapshot.Fees);

    private static PortfolioLedger Ledger(params (string Asset, decimal Amount)[] more) => new(
        "paper", "USDT", more.Append(("USDT", 1_000m)).ToDictionary(pair => pair.Item1, pair => pair.Item2));
}
