using System.ComponentModel.DataAnnotations;
using BtcAgent.Domain.Execution.Twins;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Tests.Orders;

namespace BtcAgent.Domain.Tests.Execution.Twins;

public sealed class TwinMeterTests
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

        var sample = TwinMeter.Compare(Filled(side, live), [live], Filled(side, twin), [twin]);

        Assert.Equal(bps, sample.SlippageBps!.Value, 9);
        Assert.Equal((200.0, 0.5), (sample.DelayMs, sample.FillRatioShortfall));
    }

    [Fact]
    public void Compare_LiveUnfilled_HasOnlyAShortfall()
    {
        var twin = OrderFixture.FillOf("t", "1");

        var live = new Order { Intent = OrderFixture.Intent() };
        var sample = TwinMeter.Compare(live, [], Filled(Side.Buy, twin), [twin]);

        Assert.Equal((null, null, 1.0), (sample.SlippageBps, sample.DelayMs, sample.FillRatioShortfall));
    }

    [Fact]
    public void Averages_TooFewOrders_AreNotKnown()
    {
        var meter = new TwinMeter(new TwinOptions());
        for (var i = 0; i < 19; i++)
        {
            meter.Add(Sample(i, 6), default);
        }

        meter.Add(Sample(19, null), default); // Not filled: it says nothing of prices.
        Assert.Null(meter.SlippageBps(default));
        meter.Add(Sample(20, 27), default);
        Assert.Equal(((19 * 6) + 27) / 20.0, meter.SlippageBps(default)!.Value, 9);
        Assert.Null(meter.DelayMs(default));
    }

    [Fact]
    public void Averages_OrdersLeaveTheWindow_ForgetThem()
    {
        var meter = new TwinMeter(new TwinOptions { WindowMinutes = 60, MinOrders = 2 });
        meter.Add(Sample(0, 100), Minutes(0));
        meter.Add(Sample(1, 100), Minutes(1));
        meter.Add(Sample(2, 1), Minutes(59));
        Assert.Equal(67, meter.SlippageBps(Minutes(59))!.Value, 9);
        Assert.Equal(50.5, meter.SlippageBps(Minutes(60))!.Value, 9);
        Assert.Null(meter.SlippageBps(Minutes(61)));
        Assert.Null(meter.SlippageBps(Minutes(1_000)));
    }

    [Fact]
    public void Averages_MoreThanTheWindowHolds_TakeTheNewest()
    {
        var meter = new TwinMeter(new TwinOptions { Window = 100, MinOrders = 1 });
        for (var i = 1; i <= 150; i++)
        {
            meter.Add(Sample(i, i), default);
        }

        Assert.Equal(100.5, meter.SlippageBps(default)!.Value, 9);
    }

    [Theory]
    [InlineData(20, 20, true)]
    [InlineData(20, 21, false)]
    public void Options_MoreOrdersNeededThanKept_AreRefused(int window, int min, bool isValid)
    {
        var options = new TwinOptions { Window = window, MinOrders = min };
        Assert.Equal(isValid, Validator.TryValidateObject(options, new ValidationContext(options), [], validateAllProperties: true));
    }

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    private static TwinSample Sample(int i, double? bps) =>
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
