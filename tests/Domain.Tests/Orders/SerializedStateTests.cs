using System.Text.Json;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Tests.Execution;
using BtcAgent.Domain.Tests.Risk;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace BtcAgent.Domain.Tests.Orders;

/// <summary>Stored and sent values survive both serializers: JSON in storage, Orleans' between silos.</summary>
public sealed class SerializedStateTests
{
    private static readonly Serializer Codec =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    [Fact]
    public void PaperExecution_StateAndOrders_SurviveBoth()
    {
        var market = new PaperMarket().Snapshot("100x5", "101x1").Delta(0)
            .Submit(OrderFixture.Intent()).Submit(OrderFixture.Intent("b", limit: "100")).Delta(50);
        AssertSurvives(market.Execution.ToState());
        AssertSurvives(market.Execution.OpenOrders);
        AssertSurvives(market.Execution.RecentOrders);
        AssertSurvives(market.Execution.TakeChangedOrders());
        AssertSurvives(market.Execution.TakeFills());
        AssertSurvives(market.Execution.Submit(OrderFixture.Intent()));
    }

    [Fact]
    public void PortfolioLedger_StateAndSnapshot_SurviveBoth()
    {
        var ledger = new PortfolioLedger("paper", "USDT", new Dictionary<string, decimal> { ["USDT"] = 1_000 });
        ledger.Apply(OrderFixture.FillOf("1", "1", fee: 0.1m, feeAsset: "BNB"), OrderFixture.Rules);
        AssertSurvives(ledger.Mark(OrderFixture.Btc, 100, OrderFixture.At(1)));
        AssertSurvives(ledger.ToState());
        AssertSurvives(ledger.EquityCurve);
        var far = Codec.Deserialize<PortfolioState>(Codec.SerializeToArray(ledger.ToState()))!;
        Assert.False(PortfolioLedger.Restore(far).Apply(
            OrderFixture.FillOf("1", "1", fee: 0.1m, feeAsset: "BNB"), OrderFixture.Rules));
    }

    [Fact]
    public void RiskEngine_StateAndDecision_SurviveBoth()
    {
        var engine = RiskFixture.Engine();
        AssertSurvives(engine.Assess(RiskFixture.Input()));
        engine.Halt("test", OrderFixture.At(1));
        AssertSurvives(engine.ToState());
        var input = RiskFixture.Input() with { OpenOrders = new[] { RiskFixture.Open(Side.Buy, "1") } };
        Assert.Equal(input.OpenOrders[0].Intent,
            Codec.Deserialize<RiskInput>(Codec.SerializeToArray(input))!.OpenOrders[0].Intent);
    }

    private static void AssertSurvives<T>(T value)
    {
        var json = JsonSerializer.Serialize(value);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<T>(json)));
        Assert.Equal(json, JsonSerializer.Serialize(Codec.Deserialize<T>(Codec.SerializeToArray(value))));
    }
}
