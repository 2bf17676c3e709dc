using System.Globalization;

namespace BtcAgent.Research.Reports.Charts;

/// <summary>Chooses axis steps at round numbers or round times.</summary>
internal static class Axis
{
    private static readonly double[] TimeSteps =
    [
        1, 5, 15, 30, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400, 7 * 86_400, 14 * 86_400, 30.4375 * 86_400,
        91.3125 * 86_400, 182.625 * 86_400, 365.25 * 86_400, 2 * 365.25 * 86_400, 5 * 365.25 * 86_400,
    ];

    public static (double Step, double First) Round(double low, double high, int wanted)
    {
        var rough = Math.Max((high - low) / Math.Max(1, wanted), double.Epsilon);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 });
        return (step, Math.Ceiling(low / step) * step);
    }

    public static (double Step, double First) Time(double low, double high, int wanted)
    {
        var step = TimeSteps.FirstOrDefault(s => (high - low) / s <= wanted, TimeSteps[^1]);
        return (step, Math.Ceiling(low / step) * step);
    }

    public static string TimeText(double seconds, double step)
    {
        var time = DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        return time.ToString(
            step switch { >= 28 * 86_400 => "MMM yyyy", >= 86_400 => "d MMM", >= 60 => "HH:mm", _ => "HH:mm:ss" }, CultureInfo.InvariantCulture);
    }
}
