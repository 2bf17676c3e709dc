using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Tracks;
using BtcAgent.Research.Training;

namespace BtcAgent.Research.Tests.Training;

public sealed class DailyFiguresTests
{
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_767_225_600_000);

    /// <summary>An hour's profit of ±1 % around 0.1 %, with half of the equity: per day and full position.</summary>
    [Fact]
    public void Of_HoursOfAHalfPosition_AreThoseOfADayAndAFullOne()
    {
        var figures = DailyFigures.Of(Track(hours: 240), 0.5).ToDictionary();

        Assert.Equal(24 * 0.001 / 0.5, figures[ModelManifest.DayMeanMetric], 4);
        Assert.Equal(Math.Sqrt(24) * 0.01 / 0.5, figures[ModelManifest.DayDeviationMetric], 3);
    }

    [Fact]
    public void Of_ShortOrIdleRun_AreNone()
    {
        Assert.Empty(DailyFigures.Of(Track(hours: 40), 0.5));
        Assert.Empty(DailyFigures.Of(Track(hours: 240, move: 0, mean: 0), 0.5));
        Assert.Empty(DailyFigures.Of(null, 0.5));
    }

    private static EquityTrack Track(int hours, double move = 0.01, double mean = 0.001)
    {
        var recorder = new EquityRecorder(100_000, 0);
        var equity = 100_000.0;
        for (var hour = 0; hour < hours; hour++)
        {
            equity *= 1 + mean + (hour % 2 == 0 ? move : -move);
            recorder.Add(Start + TimeSpan.FromHours(hour + 0.5), equity, 60_000, isExposed: true);
        }

        return recorder.Complete();
    }
}
