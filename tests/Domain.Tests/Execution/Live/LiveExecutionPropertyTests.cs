using System.Globalization;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Orders;
using static BtcAgent.Domain.Tests.Execution.Live.LiveFixture;
using static BtcAgent.Domain.Tests.Orders.OrderFixture;

namespace BtcAgent.Domain.Tests.Execution.Live;

/// <summary>
/// Random histories of orders at a venue, with reports lost, repeated and out of order, and the agent restarting and
/// comparing in between. <c>BTCAGENT_FUZZ_COUNT</c> sets the number of histories; a failure prints its seed, and
/// <c>BTCAGENT_FUZZ_SEED</c> starts there.
/// </summary>
public sealed class LiveExecutionPropertyTests
{
    private const int Smoke = 1_000;
    private const int RoundsMax = 8;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);

    [Fact]
    public void AnyLegalHistory_ConvergesToTheVenuesTruthWithoutADoubt() => ForSeeds(seed =>
    {
        var history = new History(seed, isLegal: true);
        history.Run();
        Assert.True(history.Settle(), $"not settled: {string.Join(", ", history.Execution.Questions)}\n{history}");
        Assert.DoesNotContain(history.Execution.Doubts, doubt => doubt.IsOpen || doubt.Action == DoubtAction.Halt);
        history.AssertTrue(statuses: true);
    });

    [Fact]
    public void AnyIllegalHistory_NeverThrowsAndConvergesOrSaysWhatItDoubts() => ForSeeds(seed =>
    {
        var history = new History(seed, isLegal: false);
        history.Run();
        if (history.Settle())
        {
            history.AssertTrue(statuses: false);
        }
        else
        {
            Assert.NotEmpty(history.Execution.Questions);
            Assert.Contains(history.Execution.Doubts, doubt => doubt.IsOpen);
        }

    });

    [Fact]
    public void AnyHistoryOfAVenueThatFillsTooMuch_BooksItAllAndDoubtsIt() => ForSeeds(seed =>
    {
        var history = new History(seed, isLegal: true, overfills: true);
        history.Run();
        Assert.True(history.Settle(), $"not settled: {string.Join(", ", history.Execution.Questions)}\n{history}");
        history.AssertTrue(statuses: true);
        Assert.Equal(history.Venue.IsOverfilled, history.Execution.Doubts.Any(doubt => doubt is { Kind: DoubtKind.Overfill, Action: DoubtAction.Halt, Payload.Length: > 0 }));
    });

    private static void ForSeeds(Action<int> check)
    {
        var count = Number("BTCAGENT_FUZZ_COUNT") ?? Smoke;
        var first = Number("BTCAGENT_FUZZ_SEED") ?? 0;
        for (var seed = first; seed < first + count; seed++)
        {
            try
            {
                check(seed);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }
        }
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private sealed class History(int seed, bool isLegal, bool overfills = false)
    {
        private readonly Random _random = new(seed);
        private readonly List<Fill> _booked = [];
        private long _openedAt;
        private int _sent;

        public RandomVenue Venue { get; private set; } = null!;

        public LiveExecution Execution { get; private set; } = new("paper", Rules);

        public void Run()
        {
            Venue = new RandomVenue(_random);
            for (var i = _random.Next(6); i > 0; i--)
            {
                Venue.PlaceForeign(isLegal: true);
                Venue.Happen(isLegal: true);
            }

            // Earlier trades are part of the opening balances.
            Venue.OnTheWay.Clear();
            Venue.ListAll();
            _openedAt = Venue.LastTradeId;
            Execution.OpenAt(_openedAt);
            for (var i = _random.Next(5, 60); i > 0; i--)
            {
                Step();
            }
        }

        /// <summary>Compares until everything is settled.</summary>
        /// <returns>False when it is not settled after several rounds.</returns>
        public bool Settle()
        {
            Venue.ListAll();
            for (var round = 0; round < RoundsMax; round++)
            {
                var settled = Execution.Reconcile(Venue.Look(Execution, At(1_000_000 + (100_000 * round))), Lifetime);
                foreach (var order in Execution.OrdersBeingCanceled)
                {
                    Venue.Cancel(QuestionOf(order));
                    settled = false;
                }

                // At least two rounds: a single record may be outdated.
                if (settled && round > 0)
                {
                    Execution.SettleDoubts();
                    Take();
                    return true;
                }
            }

            Take();
            return false;
        }

        public void AssertTrue(bool statuses)
        {
            var expected = Venue.Trades.Where(trade => trade.TradeId > _openedAt).Select(trade => $"{trade.TradeId} {trade.Quantity}").Order();
            Assert.Equal(expected, _booked.Select(fill => $"{fill.TradeId} {fill.Quantity}").Order());
            foreach (var record in Venue.Records)
            {
                var ours = Execution.RecentOrders.FirstOrDefault(order => order.VenueOrderId == record.VenueOrderId);
                Assert.False(ours is null && record.IsOpen, $"{record} is not known");
                if (ours is not null)
                {
                    Assert.Equal((record.VenueOrderId, record.IsOpen), (ours.VenueOrderId, ours.IsOpen));
                    Assert.Equal(record.ExecutedQuantity, ours.FilledQuantity);
                    Assert.True(!ours.IsOpen || ours.Quantity == record.QuantityToFill, $"{ours} has another quantity than {record}");
                    AssertWhose(ours);
                    Assert.True(!statuses || record.IsOpen || ours.Status == record.Status, $"{ours} ended otherwise than {record}");
                }
            }
        }

        /// <summary>
        /// An order of this agent remains its own under any client order id, unless another order was placed under that id.
        /// </summary>
        private void AssertWhose(Order ours)
        {
            var name = Venue.FirstNames[ours.VenueOrderId!];
            if (isLegal && name.StartsWith("ba-", StringComparison.Ordinal) && Venue.FirstNames.Values.Count(other => other == name) == 1)
            {
                Assert.Equal((name, false), (ours.Intent.ClientOrderId, ours.IsByHand));
            }
        }

        public override string ToString() =>
            $"{string.Join('\n', Execution.RecentOrders)}\n{string.Join('\n', Execution.Doubts)}\nvenue:\n{string.Join('\n', Venue.Records)}\n{string.Join('\n', Venue.Trades)}";

        private void Step()
        {
            switch (_random.Next(12))
            {
                case 0 or 1:
                    Submit();
                    break;
                case 2:
                    Venue.PlaceForeign(isLegal);
                    break;
                case 3 or 4 or 5:
                    Venue.Happen(isLegal && !overfills);
                    break;
                case 6 or 7 or 8:
                    Deliver();
                    break;
                case 9:
                    Execution.Reconcile(Venue.Look(Execution, At(10_000)), Lifetime);
                    break;
                case 10 when Execution.OpenOrders.Count > 0:
                    var order = Execution.OpenOrders[_random.Next(Execution.OpenOrders.Count)];
                    Execution.RequestCancel(order.Intent.ClientOrderId, At(10), "enough");
                    break;
                default:
                    Take();
                    Execution = _random.Next(2) == 0 ? Restarted(Execution) : Execution;
                    break;
            }
        }

        private void Submit()
        {
            var intent = Intent($"ba-{++_sent}", quantity: "1", limit: "100");
            Execution.Submit(intent, At(10_000));
            if (_random.Next(5) > 0)
            {
                Venue.Place(intent.ClientOrderId, intent.Side, intent.Quantity);
            }
        }

        /// <summary>Delivers any one report, sometimes twice, sometimes not at all.</summary>
        private void Deliver()
        {
            if (Venue.OnTheWay.Count == 0)
            {
                return;
            }

            var report = Venue.OnTheWay[_random.Next(Venue.OnTheWay.Count)];
            if (_random.Next(4) > 0)
            {
                Venue.OnTheWay.Remove(report);
            }

            if (_random.Next(5) > 0)
            {
                Execution.Receive(isLegal || _random.Next(3) > 0 ? report : Spoilt.By(_random, report));
            }
        }

        private void Take()
        {
            _booked.AddRange(Execution.PendingFills);
            Execution.FillsBooked(Execution.PendingFills.Count);
            Assert.Equal(_booked.Select(fill => fill.Number).Distinct().Order(), _booked.Select(fill => fill.Number));
            Assert.Equal(_booked.Count, _booked.Select(fill => fill.TradeId).Distinct().Count());
        }

        private static OrderQuestion QuestionOf(Order order) => new(order.Intent.ClientOrderId, order.Name, order.VenueOrderId);
    }
}
