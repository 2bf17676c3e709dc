using BtcAgent.Domain.Tests.Orders;

namespace BtcAgent.Domain.Tests;

public sealed class DecisionIdTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    public void ClientOrderId_AnyAttempt_FitsTheVenue(int attempt) => Assert.Matches(
        "^[.A-Z:/a-z0-9_-]{1,36}$",
        DecisionId.From(new string('p', 100), "stratégie |", OrderFixture.Btc, OrderFixture.Start).ClientOrderId(attempt));

    [Fact]
    public void From_AnyPartChanged_IsAnotherId()
    {
        var ids = Enumerable.Range(0, 20_000).Select(i => Id(atMs: i * 1_000.0)).ToList();
        ids.AddRange([Id("other"), Id(strategy: "t"), DecisionId.From("p", "s", InstrumentId.Parse("BINANCE:ETHUSDT"), OrderFixture.Start)]);

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Distinct(Enumerable.Range(0, 20).Select(ids[0].ClientOrderId));
    }

    [Fact]
    public void From_SameParts_IsTheSameId()
    {
        Assert.Equal(Id(), Id());
        Assert.Equal(16, Id().ToString().Length);
    }

    private static DecisionId Id(string portfolio = "p", string strategy = "s", double atMs = 0) =>
        DecisionId.From(portfolio, strategy, OrderFixture.Btc, OrderFixture.At(atMs));
}
