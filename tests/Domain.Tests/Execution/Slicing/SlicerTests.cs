using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Slicing;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Tests.Orders;

namespace BtcAgent.Domain.Tests.Execution.Slicing;

public sealed class SlicerTests
{
    private static readonly SlicePlan Twap = new()
    {
        ParentClientOrderId = "p",
        Rules = OrderFixture.Rules,
        Side = Side.Buy,
        Quantity = Quantity.Parse("1"),
        Algorithm = SliceAlgorithm.Twap,
        StartTime = OrderFixture.At(0),
        EndTime = OrderFixture.At(4_000),
        Slices = 4,
    };

    private SliceState _state = Slicer.Start(Twap);

    [Fact]
    public void Twap_EachSpan_PlacesItsPartAtTheNearTouch()
    {
        Assert.Equal([("p-s0", "0.25", "100")], Placed(Quoted(0, "100")));
        Apply(SliceEvent.Filled(OrderFixture.At(1), "p-s0", Quantity.Parse("0.25")));
        Assert.Empty(Quoted(999, "100"));
        Assert.Equal([("p-s1", "0.25", "101")], Placed(Quoted(1_000, "101")));
    }

    [Fact]
    public void Vwap_Weights_ShapeTheParts()
    {
        _state = Slicer.Start(Twap with { Algorithm = SliceAlgorithm.Vwap, Weights = [1, 3] });

        Assert.Equal("0.25", Placed(Quoted(0, "100")).Single().Quantity);
        Apply(SliceEvent.Filled(OrderFixture.At(1), "p-s0", Quantity.Parse("0.25")));
        Assert.Equal("0.75", Placed(Quoted(2_000, "100")).Single().Quantity);
    }

    [Fact]
    public void Iceberg_VisiblePartFilled_IsRefilledByTheRest()
    {
        _state = Slicer.Start(Twap with
        {
            Algorithm = SliceAlgorithm.Iceberg,
            LimitPrice = Price.Parse("99"),
            VisibleQuantity = Quantity.Parse("0.6"),
        });

        Assert.Equal([("p-s0", "0.6", "99")], Placed(Apply(SliceEvent.Clock(OrderFixture.At(0)))));
        Assert.Empty(Apply(SliceEvent.Filled(OrderFixture.At(1), "p-s0", Quantity.Parse("0.5"))));
        Assert.Equal(
            [("p-s1", "0.4", "99")],
            Placed(Apply(SliceEvent.Filled(OrderFixture.At(2), "p-s0", Quantity.Parse("0.6")))));
    }

    [Theory]
    [InlineData(999, "101", false)] // too soon
    [InlineData(1_000, "100.49", false)] // too near
    [InlineData(1_000, "100.5", true)]
    [InlineData(1_000, "101", true)]
    public void Peg_TouchMoves_IsFollowedPastThresholdAndInterval(double ms, string bid, bool cancels)
    {
        _state = Slicer.Start(Twap with
        {
            Algorithm = SliceAlgorithm.Peg,
            PegOffset = Price.Parse("1"),
            LimitPrice = Price.Parse("99.5"),
            RepriceThreshold = Price.Parse("0.5"),
            RepriceInterval = TimeSpan.FromSeconds(1),
        });
        Assert.Equal([("p-s0", "1", "99")], Placed(Quoted(0, "100")));

        // A bid of 101 would be followed to 100 but for the limit.
        Assert.Equal(cancels, Quoted(ms, bid).Any(action => action.IsCancel));
        if (cancels)
        {
            Assert.Equal(
                [("p-s1", "1", "99.5")], Placed(Apply(SliceEvent.Ended(OrderFixture.At(1_001), "p-s0", default))));
        }
    }

    [Theory]
    [InlineData(LeftoverPolicy.Sweep, 1)]
    [InlineData(LeftoverPolicy.Leave, 0)]
    public void EndTime_Leftover_IsSweptOrLeft(LeftoverPolicy policy, int sweeps)
    {
        _state = Slicer.Start(Twap with { Leftover = policy });
        Quoted(0, "100");
        Assert.True(Assert.Single(Quoted(4_000, "100")).IsCancel);

        var actions = Apply(SliceEvent.Ended(OrderFixture.At(4_001), "p-s0", Quantity.Parse("0.1")));

        Assert.Equal(sweeps, actions.Length);
        Assert.Equal(policy == LeftoverPolicy.Leave, _state.IsDone);
        Assert.All(actions, action => Assert.Equal(
            (Quantity.Parse("0.9"), null, TimeInForce.ImmediateOrCancel),
            (action.Quantity, action.LimitPrice, action.TimeInForce)));
    }

    [Fact]
    public void ParticipationCap_BoundsTheChildByTheMarketsVolume()
    {
        _state = Slicer.Start(Twap with { ParticipationCap = 0.1m });

        Assert.Empty(Quoted(0, "100"));
        var placed = Placed(Apply(SliceEvent.Traded(OrderFixture.At(1), Quantity.Parse("2"))));
        Assert.Equal("0.2", placed.Single().Quantity);
    }

    [Fact]
    public void ChildEnded_RefusedAgainAndAgain_GivesUp()
    {
        Quoted(0, "100");
        for (var i = 0; i < Slicer.RefusalsMax; i++)
        {
            Apply(SliceEvent.Ended(OrderFixture.At(i + 1), $"p-s{i}", default));
        }

        Assert.True(_state.IsDone);
        Assert.NotNull(_state.Reason);
    }

    [Fact]
    public void Start_ImpossiblePlans_AreRefusedWithTheRemedy()
    {
        Assert.Throws<ArgumentException>(() => Slicer.Start(Twap with { ParentClientOrderId = new('p', 32) }));
        Assert.Throws<ArgumentException>(() => Slicer.Start(Twap with { Quantity = Quantity.Parse("0.000001") }));
        Assert.Throws<ArgumentException>(() => Slicer.Start(Twap with { EndTime = Twap.StartTime }));
        Assert.Throws<ArgumentException>(() => Slicer.Start(Twap with { Algorithm = SliceAlgorithm.Iceberg }));
        Assert.Null((Twap with { ParentClientOrderId = new('p', 31) }).Problem());
    }

    private ImmutableArray<SliceAction> Quoted(double ms, string bid)
    {
        var price = Price.Parse(bid);
        return Apply(SliceEvent.Quoted(
            OrderFixture.At(ms), new Quote(price, Quantity.Zero, price + Price.Parse("0.01"), Quantity.Zero)));
    }

    private ImmutableArray<SliceAction> Apply(SliceEvent happened)
    {
        var step = Slicer.Apply(_state, happened);
        _state = step.State;
        return step.Actions;
    }

    private static IEnumerable<(string Id, string Quantity, string? Price)> Placed(
        ImmutableArray<SliceAction> actions) =>
        actions.Where(action => !action.IsCancel).Select(action =>
            (action.ClientOrderId, action.Quantity.ToString(), action.LimitPrice?.ToString()));
}
