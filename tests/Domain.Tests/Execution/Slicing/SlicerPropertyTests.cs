using System.Text.Json;
using BtcAgent.Domain.Execution.Slicing;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Tests.Orders;
using CsCheck;

namespace BtcAgent.Domain.Tests.Execution.Slicing;

public sealed class SlicerPropertyTests
{
    private static readonly Gen<SlicePlan> Plans =
        from algorithm in Gen.Enum<SliceAlgorithm>()
        from side in Gen.Enum<Side>()
        from lots in Gen.Int[100, 5_000]
        from slices in Gen.Int[1, 12]
        from weights in Gen.Int[0, 9].Array[1, 12]
        from sweep in Gen.Bool
        from crosses in Gen.Bool
        from limited in Gen.Bool
        from capped in Gen.Bool
        from visible in Gen.Int[1, 900]
        select new SlicePlan
        {
            ParentClientOrderId = "ba-0123456789abcdef-0",
            Rules = OrderFixture.Rules with
            {
                LotSize = Quantity.Parse("0.001"),
                MinQuantity = Quantity.Parse("0.002"),
                MaxQuantity = Quantity.Parse("2"),
            },
            Side = side,
            Quantity = Quantity.FromUnits(lots * 100_000L),
            Algorithm = algorithm,
            StartTime = OrderFixture.At(1_000),
            EndTime = OrderFixture.At(61_000),
            Leftover = sweep ? LeftoverPolicy.Sweep : LeftoverPolicy.Leave,
            LimitPrice = limited || algorithm == SliceAlgorithm.Iceberg ? Price.Parse("100") : null,
            Slices = slices,
            Weights = [.. weights.Select(weight => (decimal)weight), 1m],
            CrossesSpread = crosses,
            ParticipationCap = capped ? 0.5m : null,
            VisibleQuantity = Quantity.FromUnits(visible * 100_000L),
            PegOffset = Price.Parse("0.02"),
            RepriceThreshold = Price.Parse("0.05"),
            RepriceInterval = TimeSpan.FromSeconds(1),
        };

    /// <summary>What to do, with a number that each kind reads in its own way.</summary>
    private static readonly Gen<(int Kind, int Number)[]> Histories =
        Gen.Select(Gen.Int[0, 5], Gen.Int[1, 1_000]).Array[1, 120];

    [Fact]
    public void Apply_AnyHistory_IsLegalNeverOverAndRestarts() =>
        Gen.Select(Plans, Histories, Gen.Int[0, 400]).Sample((plan, history, cancelAt) =>
        {
            var state = Slicer.Start(plan);
            var ids = new HashSet<string>();
            var cancelled = false;
            var now = OrderFixture.At(0);
            for (var i = 0; i < history.Length; i++)
            {
                now += TimeSpan.FromMilliseconds(history[i].Number);
                var happened = i == cancelAt ? SliceEvent.Cancel(now) : EventOf(state, history[i], now);
                cancelled |= happened.Kind == SliceEventKind.Cancel;

                var step = Slicer.Apply(state, happened);
                var stored = JsonSerializer.Deserialize<SliceState>(JsonSerializer.Serialize(state))!;
                Assert.Equal(step.Actions.ToArray(), Slicer.Apply(stored, happened).Actions.ToArray());

                state = step.State;
                Assert.True(state.Filled + state.Open <= plan.Quantity);
                foreach (var action in step.Actions.Where(action => !action.IsCancel))
                {
                    Assert.False(cancelled);
                    Assert.True(ids.Add(action.ClientOrderId));
                    Assert.True(action.ClientOrderId.Length <= SlicePlan.ClientOrderIdMax);
                    AssertLegal(state, action);
                }
            }
        }, iter: 1_000);

    [Fact]
    public void Apply_EveryChildFills_SumsExactlyToTheParent() =>
        Plans.Sample(plan =>
        {
            plan = plan with { ParticipationCap = null };
            var state = Slicer.Start(plan);
            var sum = 0L;
            for (var second = 0; second <= 70; second++)
            {
                var now = OrderFixture.At(second * 1_000);
                for (var round = 0; round < 1_000; round++)
                {
                    var step = Slicer.Apply(state, round == 0
                        ? SliceEvent.Quoted(now, QuoteAt(0))
                        : SliceEvent.Filled(now, state.Children[0].ClientOrderId, state.Children[0].Quantity));
                    state = step.State;
                    sum += step.Actions.Where(action => !action.IsCancel).Sum(action => action.Quantity.Units);
                    if (state.Children.IsEmpty)
                    {
                        break;
                    }
                }
            }

            Assert.True(state.IsDone);
            Assert.Equal(plan.Quantity.Units, sum);
            Assert.Equal(plan.Quantity, state.Filled);
        }, iter: 500);

    private static void AssertLegal(SliceState state, SliceAction action)
    {
        var facts = new OrderFacts
        {
            Side = state.Plan.Side,
            Type = action.LimitPrice is null ? VenueOrderTypes.Market : VenueOrderTypes.Limit,
            Quantity = action.Quantity,
            Limit = action.LimitPrice,
            Reference = state.Plan.Side == Side.Buy ? state.Ask : state.Bid,
        };
        var rules = state.Plan.Rules with { PercentPriceUp = null, PercentPriceDown = null };
        Assert.Empty(TradingRulesCheck.Violations(rules, facts));
    }

    private static SliceEvent EventOf(SliceState state, (int Kind, int Number) what, Timestamp now)
    {
        var child = state.Children.IsEmpty ? null : state.Children[what.Number % state.Children.Length];
        return what.Kind switch
        {
            0 => SliceEvent.Clock(now),
            1 => SliceEvent.Quoted(now, QuoteAt(what.Number)),
            2 => SliceEvent.Traded(now, Quantity.FromUnits(what.Number * 1_000_000L)),
            3 when child is not null => SliceEvent.Filled(now, child.ClientOrderId, Part(child, what.Number)),
            4 when child is not null => SliceEvent.Ended(now, child.ClientOrderId, child.Filled),
            5 when child is not null => SliceEvent.Ended(now, child.ClientOrderId, child.Quantity),
            _ => SliceEvent.Quoted(now, QuoteAt(what.Number)),
        };
    }

    private static Quantity Part(ChildOrder child, int number) =>
        Quantity.FromUnits(child.Quantity.Units / 100_000 * number / 1_000 * 100_000);

    private static Quote QuoteAt(int number)
    {
        var bid = Price.FromUnits(9_950_000_000 + (number * 100_000L));
        return new(bid, Quantity.Parse("1"), bid + Price.Parse("0.01"), Quantity.Parse("1"));
    }
}
