using BtcAgent.Domain;
using BtcAgent.Social.Budgets;
using BtcAgent.Testing;

namespace BtcAgent.Social.Tests.Budgets;

/// <summary>Invariant 1 and 2 of <see cref="BudgetGovernor"/>: random owners, crashes and clocks against the source's own meter.</summary>
public sealed class BudgetPropertyTests
{
    private const int Steps = 400;

    [Theory]
    [InlineData(1, 100)]
    [InlineData(101, 200)]
    [InlineData(201, 300)]
    public async Task Reserve_RandomOwnersCrashesAndClocks_NeverOverBudget(int first, int last)
    {
        var (spent, reads, renewals) = (0m, 0L, 0);
        for (var seed = first; seed <= last; seed++)
        {
            var world = new World(seed);
            for (var step = 0; step < Steps; step++)
            {
                await world.StepAsync();
            }

            spent += world.DollarsOfMonths;
            reads += world.Reads;
            renewals += world.Renewals;
        }

        // A governor that refuses everything would pass as well.
        Assert.InRange(spent, 50m, decimal.MaxValue);
        Assert.InRange(reads, 4_000, long.MaxValue);
        Assert.InRange(renewals, 100, int.MaxValue);
    }

    /// <summary>Two owners with clocks that differ, one store, and the source's meter by true time.</summary>
    private sealed class World
    {
        private readonly int _seed;
        private readonly Random _random;
        private readonly BudgetOptions _options;
        private readonly MemoryBudgetStore _store = new();
        private readonly Owner[] _owners = new Owner[2];
        private readonly Dictionary<DateOnly, (long Reads, decimal Dollars)> _days = [];
        private readonly Dictionary<DateOnly, (long Reads, decimal Dollars)> _months = [];
        private DateTimeOffset _true;
        private long _epoch;

        public World(int seed)
        {
            (_seed, _random) = (seed, new Random(seed));
            _options = new BudgetOptions
            {
                ReadsPerDayMax = _random.Next(1, 400),
                ReadsPerMonthMax = _random.Next(1, 2_000),
                DollarsPerDayMax = _random.Next(0, 300) / 100m,
                DollarsPerMonthMax = _random.Next(0, 1_000) / 100m,
                DollarsPerAuthor = _random.Next(2) * 0.01m,
                HorizonSeconds = _random.Next(180, 3_600),
            };
            _true = new SteppingTime().GetUtcNow();
            for (var i = 0; i < _owners.Length; i++)
            {
                _owners[i] = Begin(new SteppingTime());
                _owners[i].Time.Step(TimeSpan.FromSeconds(((_random.NextDouble() * 2) - 1) * _options.ClockToleranceSeconds));
            }
        }

        public decimal DollarsOfMonths => _months.Values.Sum(month => month.Dollars);

        public long Reads => _months.Values.Sum(month => month.Reads);

        public int Renewals { get; private set; }

        public async Task StepAsync()
        {
            var index = _random.Next(_owners.Length);
            var owner = _owners[index];
            if (_random.Next(20) == 0)
            {
                owner.Store.CrashAfterSave = _random.Next(2) == 0;
            }

            try
            {
                await ActAsync(owner, _random.Next(8));
            }
            catch (CrashException)
            {
                _owners[index] = Begin(owner.Time);
            }
        }

        private async Task ActAsync(Owner owner, int action)
        {
            var held = owner.Held.Count > 0 ? owner.Held[_random.Next(owner.Held.Count)] : null;
            switch (action)
            {
                case 0 or 1:
                    Keep(owner, await owner.Account.TryReserveAsync((BudgetUse)_random.Next(2), _random.Next(1, 60), default));
                    break;
                case 2 or 3 or 4 when held is not null && Now(owner) < held.Reservation.Until && held.Used < held.Reservation.Amount:
                    Read(held, _random.NextInt64(1, held.Reservation.Amount - held.Used + 1));
                    break;
                case 5 when held is not null:
                    owner.Held.Remove(held);
                    await owner.Account.SettleAsync(held.Reservation, held.Used, default);
                    break;
                case 6 when held is not null:
                    if (await owner.Account.TryRenewAsync(held.Reservation, held.Used, _random.Next(1, 60), default) is { } renewed)
                    {
                        owner.Held.Remove(held);
                        Keep(owner, renewed);
                        Renewals++;
                    }

                    break;
                default:
                    Pass(_random.Next(6) switch
                    {
                        0 => TimeSpan.FromSeconds(_random.Next(40_000)),
                        1 => _true.Date.AddDays(1) - _true.DateTime - TimeSpan.FromSeconds(_random.Next(1, 3_700)) is var toMidnight && toMidnight > TimeSpan.Zero
                            ? toMidnight
                            : TimeSpan.FromSeconds(1),
                        _ => TimeSpan.FromSeconds(_random.Next(400)),
                    });
                    break;
            }
        }

        private void Pass(TimeSpan span)
        {
            _true += span;
            foreach (var owner in _owners)
            {
                owner.Time.Advance(span);
            }
        }

        private void Read(Held held, long amount)
        {
            held.Used += amount;
            var day = DateOnly.FromDateTime(_true.UtcDateTime);
            var dollars = amount * _options.PriceOf(held.Reservation.Use);
            var reads = held.Reservation.Use == BudgetUse.Posts ? amount : 0;
            Bill(_days, day, reads, dollars, _options.ReadsPerDayMax, _options.DollarsPerDayMax);
            Bill(_months, new DateOnly(day.Year, day.Month, 1), reads, dollars, _options.ReadsPerMonthMax, _options.DollarsPerMonthMax);
        }

        private void Bill(
            Dictionary<DateOnly, (long Reads, decimal Dollars)> periods, DateOnly start, long reads, decimal dollars, long readsMax, decimal dollarsMax)
        {
            var (readBefore, dollarsBefore) = periods.GetValueOrDefault(start);
            periods[start] = (readBefore + reads, dollarsBefore + dollars);
            Assert.True(
                readBefore + reads <= readsMax && dollarsBefore + dollars <= dollarsMax,
                $"seed {_seed}: {readBefore + reads} of {readsMax} reads, {dollarsBefore + dollars} of {dollarsMax} dollars in {start:yyyy-MM-dd}");
        }

        private static void Keep(Owner owner, BudgetReservation? reservation)
        {
            if (reservation is not null)
            {
                owner.Held.Add(new Held(reservation));
            }
        }

        private static Timestamp Now(Owner owner) => Timestamp.FromDateTimeOffset(owner.Time.GetUtcNow());

        private Owner Begin(SteppingTime time)
        {
            var store = new CrashingStore(_store);
            return new Owner(new BudgetAccount(new BudgetGovernor(_options), store, ++_epoch, time), store, time, []);
        }
    }

    private sealed record Owner(BudgetAccount Account, CrashingStore Store, SteppingTime Time, List<Held> Held);

    private sealed class Held(BudgetReservation reservation)
    {
        public BudgetReservation Reservation => reservation;

        public long Used { get; set; }
    }
}
