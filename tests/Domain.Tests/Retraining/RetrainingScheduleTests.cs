using System.Text.Json;
using BtcAgent.Domain.Retraining;
using CsCheck;

namespace BtcAgent.Domain.Tests.Retraining;

public sealed class RetrainingScheduleTests
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(6);
    private static readonly RetrainingSchedule ByMarket = new(Every, null);

    [Fact]
    public void Observe_First_OnlyBeginsTheCount()
    {
        var (mark, isDue) = ByMarket.Observe(ScheduleMark.None, Jobs.Start, Jobs.Start);

        Assert.False(isDue);
        Assert.Equal(Jobs.Start + Every, ByMarket.NextByMarket(mark));
    }

    [Fact]
    public void Observe_NoMarketYet_IsNeverDue()
    {
        var (mark, isDue) = ByMarket.Observe(ScheduleMark.None, Timestamp.Unknown, Jobs.Start + TimeSpan.FromDays(9));

        Assert.Equal((ScheduleMark.None, false), (mark, isDue));
    }

    /// <summary>Invariant 2: any steps forward, each mark stored and read again as JSON.</summary>
    [Fact]
    public void Observe_AnyStepsForward_RunsAreAPeriodApartAndNoneIsLost() =>
        Gen.Long[1, 40L * 3_600_000_000_000].Array[1, 200].Sample(steps =>
        {
            var (mark, _) = ByMarket.Observe(ScheduleMark.None, Jobs.Start, Jobs.Start);
            var (now, last) = (Jobs.Start, Jobs.Start);
            foreach (var step in steps)
            {
                now = new Timestamp(now.UnixNanoseconds + step);
                var stored = JsonSerializer.Deserialize<ScheduleMark>(JsonSerializer.Serialize(mark))!;
                Assert.Equal(mark, stored);
                (mark, var isDue) = ByMarket.Observe(stored, now, now);
                Assert.Equal(now - last >= Every, isDue);
                last = isDue ? now : last;

                // The run that was due now is not due again.
                Assert.False(ByMarket.Observe(mark, now, now).IsDue);
            }
        });

    /// <summary>FreqAI PR #8619: a timestamp cut to a coarser unit made every look a retraining.</summary>
    [Theory]
    [InlineData(1_000_000)]
    [InlineData(1_000_000_000)]
    [InlineData(3_600_000_000_000)]
    public void Observe_CutTimestamps_RunsAtMostOncePerPeriod(long unitNs)
    {
        var mark = ScheduleMark.None;
        var runs = 0;
        for (var minute = 0; minute < 60 * 24; minute++)
        {
            var now = Jobs.Start + TimeSpan.FromMinutes(minute) + TimeSpan.FromSeconds(59.9);
            var cut = new Timestamp(now.UnixNanoseconds - (now.UnixNanoseconds % unitNs));
            (mark, var isDue) = ByMarket.Observe(mark, cut, cut);
            mark = new ScheduleMark(new Timestamp(mark.Market.UnixNanoseconds - (mark.Market.UnixNanoseconds % unitNs)), mark.Clock);
            runs += isDue ? 1 : 0;
        }

        Assert.Equal(3, runs);
    }

    [Fact]
    public void Observe_LongPause_LeadsToOneRun()
    {
        var (mark, _) = ByMarket.Observe(ScheduleMark.None, Jobs.Start, Jobs.Start);
        var later = Jobs.Start + TimeSpan.FromDays(30);

        (mark, var isDue) = ByMarket.Observe(mark, later, later);

        Assert.True(isDue);
        Assert.False(ByMarket.Observe(mark, later + TimeSpan.FromHours(5), later).IsDue);
        Assert.True(ByMarket.Observe(mark, later + Every, later).IsDue);
    }

    [Fact]
    public void Observe_MarketTimeStepsBack_NeitherRepeatsNorHangs()
    {
        var (mark, _) = ByMarket.Observe(ScheduleMark.None, Jobs.Start, Jobs.Start);

        // A small step changes nothing; after a time far in the future the count begins again at the real one.
        Assert.Equal((mark, false), ByMarket.Observe(mark, Jobs.Start - TimeSpan.FromHours(1), Jobs.Start));
        var far = ByMarket.Observe(mark, Jobs.Start + TimeSpan.FromDays(3_650), Jobs.Start).Mark;
        var (again, isDue) = ByMarket.Observe(far, Jobs.Start + TimeSpan.FromHours(1), Jobs.Start);
        Assert.False(isDue);
        Assert.True(ByMarket.Observe(again, Jobs.Start + TimeSpan.FromHours(7), Jobs.Start).IsDue);
    }

    [Fact]
    public void Observe_CronMissedForDays_RunsOnceAndNotAgainAfterAStepBack()
    {
        Assert.True(CronSchedule.TryParse("0 3 * * *", out var cron, out _));
        var schedule = new RetrainingSchedule(null, cron);
        var (mark, first) = schedule.Observe(ScheduleMark.None, Timestamp.Unknown, Jobs.Start);
        var later = Jobs.Start + TimeSpan.FromDays(5);

        var (ran, isDue) = schedule.Observe(mark, Timestamp.Unknown, later);

        Assert.Equal((false, true), (first, isDue));
        Assert.False(schedule.Observe(ran, Timestamp.Unknown, later - TimeSpan.FromHours(20)).IsDue);
        Assert.False(schedule.Observe(ran, Timestamp.Unknown, later + TimeSpan.FromHours(1)).IsDue);
        Assert.True(schedule.Observe(ran, Timestamp.Unknown, later + TimeSpan.FromDays(1)).IsDue);
    }
}
