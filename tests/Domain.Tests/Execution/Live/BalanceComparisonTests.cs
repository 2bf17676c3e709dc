using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using static BtcAgent.Domain.Tests.Execution.Live.LiveFixture;
using static BtcAgent.Domain.Tests.Orders.OrderFixture;

namespace BtcAgent.Domain.Tests.Execution.Live;

public sealed class BalanceComparisonTests
{
    [Fact]
    public void InFlight_NamesWhatMayStillMoveTheAccount()
    {
        Assert.Null(BalanceComparison.InFlight(Opened()));
        Assert.Contains("order a is in flight (Submitted)", BalanceComparison.InFlight(Sent(Intent(limit: "100"))), StringComparison.Ordinal);

        var resting = Accepted(Intent(limit: "100"));
        Assert.Null(BalanceComparison.InFlight(resting));
        resting.Receive(TradeReport("7", "0.4", AtVenue("a", OrderStatus.PartiallyFilled, executed: "0.4")));
        Assert.Equal("fills are being booked: try again", BalanceComparison.InFlight(resting));
        resting.FillsBooked(1);
        Assert.Null(BalanceComparison.InFlight(resting));

        Assert.True(resting.RequestCancel("a", At(6), "enough"));
        Assert.Contains("order a is in flight (PendingCancel)", BalanceComparison.InFlight(resting), StringComparison.Ordinal);
    }

    [Fact]
    public void InFlight_AnEndWithoutItsFills_IsAQuestion()
    {
        var execution = Accepted(Intent(limit: "100"));
        execution.Receive(Report(AtVenue("a", OrderStatus.Canceled, executed: "0.4"), ExecutionReportKind.Canceled));
        Assert.Contains("outcome of an order is not known", BalanceComparison.InFlight(execution), StringComparison.Ordinal);
    }

    [Fact]
    public void HasMoved_ByAnOrderATradeOrAFill()
    {
        var execution = Accepted(Intent(limit: "100"));
        var version = execution.Version;
        Assert.False(BalanceComparison.HasMoved(execution, version, []));
        Assert.True(BalanceComparison.HasMoved(execution, version, [Trade(7, "0.4")]));

        execution.Receive(TradeReport("7", "0.4", AtVenue("a", OrderStatus.PartiallyFilled, executed: "0.4")));
        Assert.True(BalanceComparison.HasMoved(execution, version, []));
        Assert.True(BalanceComparison.HasMoved(execution, execution.Version, [])); // Not booked.
        execution.FillsBooked(1);
        Assert.False(BalanceComparison.HasMoved(execution, execution.Version, [Trade(7, "0.4")]));
    }

    [Fact]
    public void DustOf_WholeAccount_IsOfTheTradedAssets()
    {
        var dust = BalanceComparison.DustOf(Books() with { FeeAssets = [Bnb(600)] }, Rules, 0.01m);
        Assert.Equal([new("BTC", 0.00001m), new("USDT", 0.01m)], dust);
    }

    [Theory]
    [InlineData(600.0, 0.0000166666666666666666666667)]
    [InlineData(10_000_000.0, 0.00000001)]
    [InlineData(null, 0.00000001)]
    public void DustOf_Allocation_ComparesWhatItNamesAndFeesWerePaidIn(double? price, double expected)
    {
        var outside = new OutsideHoldings { Balances = Balances(("ETH", 2m)), WholeAssets = ["USDT"] };
        var dust = BalanceComparison.DustOf(Books() with { Outside = outside, FeeAssets = [Bnb((decimal?)price)] }, Rules, 0.01m);
        Assert.Equal(["BNB", "BTC", "ETH", "USDT"], dust.Keys);
        Assert.Equal(expected, (double)dust["BNB"], 1e-16);
        Assert.Equal(BalanceComparison.SmallestAmount, dust["ETH"]);
    }

    [Fact]
    public void Read_TakesTheComparedAssetsOfTheAccount()
    {
        var reading = BalanceComparison.Read(Books() with { Revision = 9 }, Rules, Balances(("DOGE", 5m), ("USDT", 100m)), 0.01m, At(1), "ada: airdrop");
        Assert.Equal([new("BTC", 0m), new("USDT", 100m)], reading.Balances);
        Assert.Equal(reading.Balances.Keys, reading.Dust.Keys);
        Assert.Equal((9, At(1), "ada: airdrop"), (reading.Revision, reading.ReadAt, reading.Accepted));
    }

    [Fact]
    public void Unexplained_SaysWhoHasHowMuch()
    {
        Assert.Null(BalanceComparison.Unexplained(AccountSettlement.NotCompared));
        Assert.Equal("UNEXPLAINED_BALANCE: the venue has 1.5 BTC, the books 1", BalanceComparison.Unexplained(Differing(outside: 0)));
        Assert.Equal(
            "UNEXPLAINED_BALANCE: the venue has 1.5 BTC, the books 1 and 0.25 outside of the portfolio", BalanceComparison.Unexplained(Differing(0.25m)));
    }

    private static AccountSettlement Differing(decimal outside) => AccountSettlement.NotCompared with
    {
        IsCompared = true,
        Unexplained = [new AccountDifference(AccountDifferenceKind.Unexplained, "BTC", 1.5m, 1, outside)],
    };

    private static PortfolioSnapshot Books() => new PortfolioLedger("paper", "USDT", Balances(("USDT", 100m))).Snapshot();

    private static FeeAsset Bnb(decimal? price) => new("BNB", 1, 0, price, At(0));

    private static ImmutableSortedDictionary<string, decimal> Balances(params (string Asset, decimal Amount)[] balances) =>
        balances.ToImmutableSortedDictionary(balance => balance.Asset, balance => balance.Amount, StringComparer.Ordinal);
}
