using System.Collections.Immutable;
using System.Text.Json;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using CsCheck;
using static BtcAgent.Domain.Tests.Orders.OrderFixture;

namespace BtcAgent.Domain.Tests.Portfolios;

/// <summary>Account = portfolio + outside, whatever happens to either.</summary>
public sealed class PortfolioAccountTests
{
    private static readonly string[] Assets = ["BNB", "BTC", "USDT"];
    private static readonly InstrumentId Bnb = InstrumentId.Parse("BINANCE:BNBUSDT");

    private static readonly Gen<(int Kind, bool Buy, long Price, long Quantity, int Fee, bool ByHand, decimal Amount)[]> Histories = Gen.Select(
        Gen.Int[0, 5], Gen.Bool, Gen.Long[1_000_000, 90_000_000], Gen.Long[1, 300_000_000], Gen.Int[0, 2], Gen.Bool,
        Gen.Long[-200_000_000, 200_000_000].Select(units => units / 1e8m)).Array[1, 40];

    [Fact]
    public void Agree_AnyHistory_AccountIsPortfolioAndOutsideTogether() => Histories.Sample(history =>
    {
        var account = new Dictionary<string, decimal> { ["USDT"] = 100_000, ["BTC"] = 5, ["BNB"] = 50 };
        var ledger = Ledger(("USDT", 40_000), ("BTC", 1));
        for (var i = 0; i < history.Length; i++)
        {
            var step = history[i];
            var before = ledger.Snapshot();
            if (step.Kind == 0)
            {
                var asset = Assets[step.Fee];
                var amount = Math.Max(step.Amount, -before.Outside!.Of(asset)); // A person takes out what is outside.
                account[asset] += amount;
                ledger.Transfer(new BalanceTransfer($"t{i}", asset, amount, "", At(i)));
                Assert.Equal(before.Equity, ledger.Snapshot().Equity);
            }
            else if (step.Kind == 1)
            {
                ledger.Mark(Btc, step.Price / 100m, At(i));
                ledger.Value(Bnb, 600 + i);
            }
            else if (Trade(account, step, i, before) is { } fill)
            {
                Assert.True(ledger.Apply(fill, Rules));
            }

            if (i % 5 == 4)
            {
                ledger = PortfolioLedger.Restore(JsonSerializer.Deserialize<PortfolioState>(JsonSerializer.Serialize(ledger.ToState()))!);
            }

            var settlement = ledger.Agree(Reading(ledger, account));
            var after = ledger.Snapshot();
            Assert.True(settlement.IsCompared);
            Assert.Empty(settlement.Unexplained);
            Assert.Empty(settlement.Booked);
            foreach (var asset in Assets)
            {
                Assert.Equal(account[asset], after.Balances.GetValueOrDefault(asset) + after.Outside!.Of(asset));
            }

            var marks = after.Positions.Where(p => p.MarkPrice is not null).ToDictionary(p => p.Instrument.Symbol[..^4], p => p.MarkPrice!.Value);
            Assert.Equal(after.Cash + marks.Sum(m => m.Value * after.Balances.GetValueOrDefault(m.Key)), after.Equity);
            Assert.Equal(after.Equity - after.InitialEquity, after.RealizedPnl + after.UnrealizedPnl - after.Fees);
            Assert.Equal(after.Equity - after.InitialEquity, after.NetRealizedPnl + after.UnrealizedPnl);
        }
    }, iter: 500);

    [Fact]
    public void Apply_TradeByHandOfOutsideCoins_IsNotOurs()
    {
        var ledger = Ledger(("USDT", 40_000));
        Assert.True(ledger.Apply(ByHand(FillOf("1", "4", "50000", Side.Sell, 200m)), Rules));
        Assert.False(ledger.Apply(ByHand(FillOf("1", "4", "50000", Side.Sell, 200m)), Rules));
        var snapshot = ledger.Mark(Btc, 50_000, At(1));
        Assert.Equal(40_000, snapshot.Equity);
        Assert.Equal(0, snapshot.FillCount);
        Assert.Equal(1, snapshot.Outside!.Of("BTC"));
        Assert.Equal(60_000 + 199_800, snapshot.Outside.Of("USDT"));
    }

    [Fact]
    public void Apply_TradeByHandBeyondTheOutside_IsOursInPart()
    {
        var ledger = Ledger(("USDT", 100_000)); // All of it: a purchase by hand spends the portfolio's money.
        ledger.Apply(ByHand(FillOf("1", "0.5", "50000", fee: 10m)), Rules);
        var snapshot = ledger.Mark(Btc, 50_000, At(1));
        Assert.Equal(0.5m, snapshot.Position(Btc)!.Quantity);
        Assert.Equal(100_000 - 10, snapshot.Equity);

        var mixed = Ledger(("USDT", 70_000));
        mixed.Apply(ByHand(FillOf("1", "1", "50000", fee: 10m)), Rules);
        Assert.Equal(0.4m, mixed.Mark(Btc, 50_000, At(1)).Position(Btc)!.Quantity); // 30,000 of 50,000 were outside.
        Assert.Equal(4, mixed.Snapshot().Fees);
    }

    [Fact]
    public void Apply_SaleByHandOfCoinsNotYetSeen_DoesNotGoShort()
    {
        var ledger = Ledger(("USDT", 40_000), ("BTC", 0.2m));
        ledger.Apply(ByHand(FillOf("1", "7", "50000", Side.Sell)), Rules);
        Assert.Equal(0, ledger.Mark(Btc, 50_000, At(1)).Position(Btc)!.Quantity);
    }

    [Fact]
    public void Agree_LessThanIsOurs_IsUnexplainedUntilAccepted()
    {
        var ledger = Ledger(("USDT", 40_000), ("BTC", 1));
        ledger.Mark(Btc, 50_000, At(0));
        var account = new Dictionary<string, decimal> { ["USDT"] = 100_000, ["BTC"] = 0.4m, ["BNB"] = 50 };
        var settlement = ledger.Agree(Reading(ledger, account));
        var missing = Assert.Single(settlement.Unexplained);
        Assert.Equal(("BTC", 0.4m, 1m, 4m), (missing.Asset, missing.AtVenue, missing.Own, missing.Outside));
        Assert.Equal(1, ledger.Snapshot().Balances["BTC"]);

        settlement = ledger.Agree(Reading(ledger, account) with { Accepted = "sold elsewhere" });
        Assert.Empty(settlement.Unexplained);
        Assert.Equal(-0.6m, Assert.Single(settlement.Booked).Amount);
        var snapshot = ledger.Snapshot();
        Assert.Equal(60_000, snapshot.Equity);
        Assert.Equal(60_000, snapshot.HighWaterMark); // Gone, and no loss.
        Assert.Empty(ledger.Agree(Reading(ledger, account)).Unexplained);
    }

    [Fact]
    public void Agree_WholeAsset_DoubtsADifference()
    {
        var ledger = new PortfolioLedger("paper", "USDT", new Dictionary<string, decimal> { ["USDT"] = 1_000 }, new OutsideHoldings
        {
            Balances = ImmutableSortedDictionary<string, decimal>.Empty.Add("BTC", 2).Add("USDT", 0),
            WholeAssets = ["USDT"],
        });
        var account = new Dictionary<string, decimal> { ["USDT"] = 1_010, ["BTC"] = 3 };
        var settlement = ledger.Agree(Reading(ledger, account));
        Assert.Equal("USDT", Assert.Single(settlement.Unexplained).Asset);
        Assert.Equal("BTC", Assert.Single(settlement.OutsideChanges).Asset);
        Assert.Equal(3, ledger.Snapshot().Outside!.Of("BTC"));
        Assert.Equal(10, Assert.Single(ledger.Agree(Reading(ledger, account) with { Accepted = "a gift" }).Booked).Amount);
        Assert.Equal(1_010, ledger.Snapshot().Equity);
    }

    [Fact]
    public void Agree_BooksThatMovedMeanwhile_AreNotCompared()
    {
        var ledger = Ledger(("USDT", 40_000));
        var reading = Reading(ledger, new() { ["USDT"] = 1, ["BTC"] = 0, ["BNB"] = 0 }) with { Accepted = "too late" };
        ledger.Apply(FillOf("1", "0.1", "50000"), Rules);
        var before = JsonSerializer.Serialize(ledger.ToState());
        Assert.False(ledger.Agree(reading).IsCompared);
        Assert.Equal(before, JsonSerializer.Serialize(ledger.ToState()));
    }

    [Fact]
    public void Agree_BooksOfBeforeAllocations_DoubtAsTheyDid()
    {
        var ledger = new PortfolioLedger("paper", "USDT", new Dictionary<string, decimal> { ["USDT"] = 1_000, ["BTC"] = 2 });
        var account = new Dictionary<string, decimal> { ["USDT"] = 1_000.005m, ["BTC"] = 3 };
        var settlement = ledger.Agree(Reading(ledger, account));
        Assert.Equal("BTC", Assert.Single(settlement.Unexplained).Asset);
        Assert.Equal(0.005m, Assert.Single(settlement.Booked).Amount); // Dust.
        Assert.Null(ledger.Snapshot().Outside);
    }

    /// <summary>The venue's effect on the account; null when it would refuse the order.</summary>
    private static Fill? Trade(
        Dictionary<string, decimal> account, (int Kind, bool Buy, long Price, long Quantity, int Fee, bool ByHand, decimal Amount) step, int i,
        PortfolioSnapshot books)
    {
        var fill = FillOf($"f{i}", "1", "1", step.Buy ? Side.Buy : Side.Sell, 0, "USDT", i) with
        {
            Price = Price.FromUnits(step.Price * 1_000_000),
            Quantity = Quantity.FromUnits(step.Quantity),
            IsByHand = step.ByHand,
        };
        var received = step.Buy ? fill.Quantity.ToDecimal() : fill.Notional;
        fill = step.Fee == 0 && account["BNB"] >= 0.001m ? fill with { Fee = 0.001m, FeeAsset = "BNB" }
            : fill with { Fee = decimal.Round(received / 1_000, 8), FeeAsset = step.Buy ? "BTC" : "USDT" };
        var (spent, need) = step.Buy ? ("USDT", fill.Notional) : ("BTC", fill.Quantity.ToDecimal());
        var available = step.ByHand ? account[spent] : Math.Min(account[spent], books.Balances.GetValueOrDefault(spent));
        if (need > available)
        {
            return null;
        }

        account[spent] -= need;
        account[step.Buy ? "BTC" : "USDT"] += received;
        account[fill.FeeAsset] -= fill.Fee;
        return fill;
    }

    private static Fill ByHand(Fill fill) => fill with { IsByHand = true };

    private static AccountReading Reading(PortfolioLedger ledger, Dictionary<string, decimal> account) => new()
    {
        Revision = ledger.Snapshot().Revision,
        Balances = account.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Dust = account.ToImmutableSortedDictionary(a => a.Key, _ => 0.01m, StringComparer.Ordinal),
        ReadAt = At(0),
    };

    /// <summary>Divides an account of 100,000 USDT, 5 BTC and 50 BNB.</summary>
    private static PortfolioLedger Ledger(params (string Asset, decimal Amount)[] own)
    {
        var account = new Dictionary<string, decimal> { ["USDT"] = 100_000, ["BTC"] = 5, ["BNB"] = 50 };
        foreach (var (asset, amount) in own)
        {
            account[asset] -= amount;
        }

        return new PortfolioLedger("paper", "USDT", own.ToDictionary(o => o.Asset, o => o.Amount), new OutsideHoldings
        {
            Balances = account.ToImmutableSortedDictionary(StringComparer.Ordinal),
            WholeAssets = [],
        });
    }
}
