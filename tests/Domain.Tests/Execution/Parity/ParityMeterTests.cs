using BtcAgent.Domain.Execution.Parity;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Tests.Orders;

namespace BtcAgent.Domain.Tests.Execution.Parity;

public sealed class ParityMeterTests
{
    [Theory]
    [InlineData(Side.Buy, "100.1", 10)]
    [InlineData(Side.Buy, "99.9", -10)]
    [InlineData(Side.Sell, "100.1", -10)]
    [InlineData(Side.Sell, "99.9", 10)]
    public void Compare_LiveAgainstTwin_PositiveIsWorse(Side side, string livePrice, double bps)
    {
        var live = OrderFixture.FillOf("l", "0.5", livePrice, side, atMs: 250);
        var twin = OrderFixture.FillOf("t", "1", "100", side, atMs: 50);

        var sample = ParityMeter.Compare(Filled(side, live), [live], Filled(side, twin), [twin]);

        Assert.Equal(bps, sample.SlippageBps!.Value, 9);
        Assert.Equal((200.0, 0.5), (sample.DelayMs, sample.FillRatioShortfall));
    }

    [Fact]
    public void Compare_LiveUnfilled_HasOnlyAShortfall()
    {
        var twin = OrderFixture.FillOf("t", "1");

        var live = new Order { Intent = OrderFixture.Intent() };
        var sample = ParityMeter.Compare(live, [], Filled(Side.Buy, twin), [twin]);

        Assert.Equal((null, null, 1.0), (sample.SlippageBps, sample.DelayMs, sample.FillRatioShortfall));
    }

    [Theory]
    [InlineData(19, 6, false)] // too few
    [InlineData(20, 6, true)]
    [InlineData(20, 5, false)] // at the threshold
    public void Judge_AverageSlippage_TripsPastTheThreshold(int count, double bps, bool trips)
    {
        var options = new ParityOptions();
        var state = Enumerable.Range(0, count).Aggregate(
            new ParityState(), (known, i) => ParityMeter.Add(known, Sample(i, bps), options));

        Assert.Equal(trips, ParityMeter.Judge(state, options).Trips);
        Assert.Equal(trips, ParityMeter.Judge(state, options).Reason?.Contains("slippage") ?? false);
    }

    [Fact]
    public void Add_MoreThanTheWindow_KeepsTheNewestAndIgnoresRepeats()
    {
        var options = new ParityOptions { Window = 100 };
        var state = Enumerable.Range(1, 150).Aggregate(
            new ParityState(), (known, i) => ParityMeter.Add(known, Sample(i, i), options));

        Assert.Same(state, ParityMeter.Add(state, Sample(150, 9), options));
        Assert.Equal(100, ParityMeter.Percentile(state, sample => sample.SlippageBps, 50));
        Assert.Equal(145, ParityMeter.Percentile(state, sample => sample.SlippageBps, 95));
        Assert.Equal(150, ParityMeter.Percentile(state, sample => sample.SlippageBps, 100));
        Assert.Null(ParityMeter.Percentile(state, sample => sample.DelayMs, 50));
    }

    private static ParitySample Sample(int i, double bps) =>
        new() { ClientOrderId = $"o{i}", SlippageBps = bps, FillRatioShortfall = 0 };

    private static Order Filled(Side side, Fill fill) => new()
    {
        Intent = OrderFixture.Intent(side: side),
        Status = OrderStatus.Filled,
        FilledQuantity = fill.Quantity,
        FilledNotional = fill.Notional,
        FillCount = 1,
    };
}
