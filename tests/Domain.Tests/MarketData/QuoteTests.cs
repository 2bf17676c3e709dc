using BtcAgent.Domain.MarketData;

namespace BtcAgent.Domain.Tests.MarketData;

public sealed class QuoteTests
{
    [Theory]
    [InlineData(100, 102, 101)]
    [InlineData(100, 101, 100)]
    [InlineData(101, 102, 101)]
    [InlineData(101, 103, 102)]
    [InlineData(long.MaxValue, long.MaxValue, long.MaxValue)]
    [InlineData(long.MaxValue - 1, long.MaxValue, long.MaxValue - 1)]
    public void MidPrice_UnitsOfBothSides_IsTheMiddleRoundedDown(long bid, long ask, long middle) => Assert.Equal(
        Price.FromUnits(middle), new Quote(Price.FromUnits(bid), default, Price.FromUnits(ask), default).MidPrice);
}
