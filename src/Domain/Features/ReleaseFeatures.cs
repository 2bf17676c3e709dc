using BtcAgent.Domain.Economy;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Features;

/// <summary>
/// The economy group, from notices of the calendar in the order of the instrument's events.
/// <list type="number">
/// <item>The only clock is the market's: at the moment at which a notice is applied, for its age, and of the sample, for the hours.</item>
/// <item>A notice counts once: one with a number that is not above the last is left out.</item>
/// <item>When the clock passes the next release, "since" counts from it, and the one after it is unknown until the next notice.</item>
/// <item>Everything is unknown before the first notice, and when the last one is more than <see cref="SilenceMax"/> ago.</item>
/// </list>
/// </summary>
internal sealed class ReleaseFeatures : IStateful
{
    /// <summary>Market time without a notice after which the source is not alive: one hour. A living source sends one at least every 10 minutes.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromHours(1);

    /// <summary>A week: a release that is further away says nothing more, and no model has to know how far the calendar reaches.</summary>
    private const double HoursMax = 168;

    private const double Unit = 1e-8;

    private long _number;
    private Timestamp _at;
    private Timestamp _last;
    private Timestamp _next;
    private double _surprise = double.NaN;

    /// <param name="notice">The next notice.</param>
    /// <param name="time">The market's clock; a notice before its first time does not count.</param>
    public void OnNotice(in CalendarNotice notice, Timestamp time)
    {
        if (notice.Number <= _number || !time.IsKnown)
        {
            return;
        }

        (_number, _at, _last, _next) = (notice.Number, time, notice.LastRelease, notice.NextRelease);
        _surprise = notice.Surprise * Unit ?? double.NaN;
    }

    public void Write(ref FeatureWriter writer, Timestamp time)
    {
        const int Count = 3;
        if (!_at.IsKnown || time - _at > SilenceMax)
        {
            writer.AddUnknown(Count);
            return;
        }

        var hasPassed = _next.IsKnown && time >= _next;
        writer.Add(_next.IsKnown && !hasPassed ? Hours(_next - time) : double.NaN);
        writer.Add(hasPassed ? Hours(time - _next) : _last.IsKnown ? Hours(time - _last) : double.NaN);
        writer.Add(_surprise);
    }

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        writer.Write(_number);
        writer.Write(_at);
        writer.Write(_last);
        writer.Write(_next);
        writer.Write(_surprise);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(ReleaseFeatures), 1);
        _number = reader.ReadLong();
        _at = reader.ReadTimestamp();
        _last = reader.ReadTimestamp();
        _next = reader.ReadTimestamp();
        _surprise = reader.ReadDouble();
    }

    /// <summary>0 when the market's clock is behind ours.</summary>
    private static double Hours(TimeSpan span) => Math.Clamp(span.TotalHours, 0, HoursMax);
}
