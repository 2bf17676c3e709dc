using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Tests.Orders;
using CsCheck;

namespace BtcAgent.Domain.Tests.Risk;

public sealed class ReducingSliceTests
{
    [Theory]
    [InlineData("3", 10_000, "0.2")]
    [InlineData("0.2", 10_000, "0.2")]
    [InlineData("0.20005", 10_000, "0.19985")] // Or 0.00005 would be left: 2.50 USDT, which nothing sells.
    [InlineData("3", 1, "0.0001")]
    [InlineData("0.00015", 1, "0.0001")]
    [InlineData("0.00009", 10_000, "0")]
    [InlineData("3.000009", 1e9, "3")]
    public void Next_Wanted_IsWithinLimitAndTradable(string wanted, double limit, string slice) => Assert.Equal(
        Quantity.Parse(slice), ReducingSlice.Next(Quantity.Parse(wanted), 50_000, (decimal)limit, OrderFixture.Rules));

    [Fact]
    public void Next_VenuesOwnLimits_BoundTheSlice()
    {
        var rules = OrderFixture.Rules with
        {
            MaxQuantity = Quantity.Parse("5"),
            MarketMaxQuantity = Quantity.Parse("2"),
            MarketLotSize = Quantity.Parse("0.3"),
            MaxNotional = 80_000,
        };
        Assert.Equal(Quantity.Parse("1.5"), ReducingSlice.Next(Quantity.Parse("9"), 50_000, 1e9m, rules));
        Assert.Equal(Quantity.Parse("1.8"), ReducingSlice.Next(Quantity.Parse("9"), 50_000, 1e9m, rules with { MaxNotionalAppliesToMarket = false }));
    }

    [Fact]
    public void Next_TinyPrice_DoesNotOverflow() =>
        Assert.Equal(Quantity.Zero, ReducingSlice.Next(Quantity.Parse("1000"), 0.00000001m, 10_000, OrderFixture.Rules with { MinNotional = 1_000 }));

    [Fact]
    public void Next_UntilZero_SellsAllThatTheVenueTakes() => Gen.Select(
        Gen.Long[1, 2_000_000_000], Gen.Int[1, 200_000], Gen.Int[0, 50_000], Gen.Int[0, 20]).Sample((units, price, limit, minNotional) =>
    {
        var rules = OrderFixture.Rules with { MinNotional = minNotional };
        var left = Quantity.FromUnits(units);
        for (var slices = 0; slices < 400; slices++)
        {
            var slice = ReducingSlice.Next(left, price, limit, rules);
            if (slice.IsZero)
            {
                Assert.True(left < rules.MinQuantity || left.RoundDownToLot(rules.LotSize).ToDecimal() * price < minNotional, $"{left} is left");
                Assert.True(slices > 0 || Quantity.FromUnits(units).RoundDownToLot(rules.LotSize).ToDecimal() * price < minNotional || units < 1_000);
                return;
            }

            Assert.Empty(TradingRulesCheck.Violations(rules, Side.Sell, null, slice, Price.FromUnits(price * Price.UnitsPerWhole)));
            Assert.True(slice <= left);
            var smallest = Math.Max(minNotional, price * rules.MinQuantity.ToDecimal()) + (price * rules.LotSize.ToDecimal());
            Assert.True(slice.ToDecimal() * price <= Math.Max(limit, smallest), $"{slice} at {price}");
            left -= slice;
        }
    }, iter: 2_000);

    [Fact]
    public void AssessOrder_ReducingRepeat_IsTheSameSlice()
    {
        var limits = RiskFixture.Wide();
        limits.MaxOrderNotional = 10_000;
        var order = new OrderRequest
        {
            RequestId = "close",
            Instrument = OrderFixture.Btc,
            Side = Side.Sell,
            Type = OrderType.Market,
            Quantity = Quantity.Parse("1"),
        };
        var first = RiskFixture.Engine(limits).AssessOrder(order, RiskFixture.Input(position: 2));
        Assert.Equal(Quantity.Parse("0.2"), first.Intent!.Quantity);
        Assert.Contains("0.2 of 1", first.Summary, StringComparison.Ordinal);

        var dearer = RiskFixture.Input(position: 2) with
        {
            OpenOrders = [new Order { Intent = first.Intent, Status = OrderStatus.Accepted }],
            Sample = RiskFixture.Sample() with { Quote = RiskFixture.QuoteOf("79999", "80001") },
        };
        var second = RiskFixture.Engine(limits).AssessOrder(order, dearer);
        Assert.True(second.Intent is not null, second.Summary);
        Assert.Equal(first.Intent.ClientOrderId, second.Intent.ClientOrderId);
        Assert.Equal(first.Intent.Quantity, second.Intent.Quantity);
    }

    [Fact]
    public void AssessOrder_LargerPosition_IsStillRefusedWithTheQuantity()
    {
        var limits = RiskFixture.Wide();
        limits.MaxOrderNotional = 10_000;
        var decision = RiskFixture.Engine(limits).AssessOrder(
            new OrderRequest { RequestId = "open", Instrument = OrderFixture.Btc, Side = Side.Buy, Type = OrderType.Market, Quantity = Quantity.Parse("1") },
            RiskFixture.Input());
        RiskFixture.AssertRefused(decision, RiskCodes.MaxOrderNotional);
        Assert.Equal("at most 0.2", decision.Check(RiskCodes.MaxOrderNotional).Detail);
    }
}
