using BtcAgent.Domain.Economy;
using BtcAgent.Economy.Fred;
using BtcAgent.Economy.Releases;
using BtcAgent.Economy.Vintages;

namespace BtcAgent.Economy;

/// <summary>
/// Dates and last surprise of one release, read as rarely as they change: the calendar every 6 hours, the series once at the beginning and then after each
/// release until it has the new value.
/// </summary>
internal sealed class ReleaseWatch(EconomicRelease release)
{
    /// <summary>A calendar with more dates in a month is not one of events: FRED lists some releases on every day.</summary>
    private const int DatesPerMonthMax = 8;

    private const int MonthDays = 30;

    /// <summary>Years of publications that a surprise is judged by; quarterly series have 24 in them.</summary>
    private const int Years = 6;

    private const int PastDays = 60;

    private static readonly TimeSpan RefusedFor = TimeSpan.FromHours(1);

    private static readonly TimeSpan CalendarEvery = TimeSpan.FromHours(6);

    /// <summary>A calendar that could not be read again for this long is not known any more.</summary>
    private static readonly TimeSpan CalendarAgeMax = TimeSpan.FromHours(48);

    private IReadOnlyList<Timestamp> _times = [];
    private bool _isDaily;
    private Timestamp _calendarAt;
    private Timestamp _seriesAt;
    private Surprise? _surprise;
    private Timestamp _refusedAt;

    /// <summary>Whether its dates are known.</summary>
    public bool IsKnown(Timestamp now) => _calendarAt.IsKnown && (release.Dates.Count > 0 || now - _calendarAt <= CalendarAgeMax);

    /// <summary>Reads whatever is due: nothing, dates or values.</summary>
    public async Task ReadAsync(FredClient client, Timestamp now, CancellationToken cancellationToken)
    {
        var today = NewYorkTime.DateOf(now);
        if (!_calendarAt.IsKnown || now - _calendarAt >= CalendarEvery)
        {
            var dates = release.Dates.Count > 0
                ? [.. release.Dates] : await client.GetReleaseDatesAsync(release.Id, today.AddDays(-PastDays), cancellationToken);
            _isDaily = dates.Count(date => date > today && date <= today.AddDays(MonthDays)) > DatesPerMonthMax;
            _times = _isDaily ? [] : [.. dates.Distinct().Order().Select(release.At)];
            _calendarAt = now;
        }

        if (release.Series.Length > 0 && !_isDaily && IsSeriesDue(now))
        {
            var start = today.AddYears(-Years);
            var vintages = await client.GetVintagesAsync(release.Series, start, start, cancellationToken);
            _surprise = SurpriseMeter.Of(vintages, start, today, release.Change);
            _seriesAt = now;
        }
    }

    /// <summary>FRED refuses the release, its series or the key: repeating it at once does not help.</summary>
    public void Refused(Timestamp now) => _refusedAt = now;

    /// <summary>Whether it was refused within the last hour.</summary>
    public bool IsRefused(Timestamp now) => _refusedAt.IsKnown && now - _refusedAt < RefusedFor;

    /// <summary>The release as it is known at an instant.</summary>
    public KnownRelease At(Timestamp now)
    {
        var surpriseOf = _surprise is { } surprise ? release.At(surprise.Published) : Timestamp.Unknown;
        return new(
            release.Id, release.Name, Last(now), _times.FirstOrDefault(time => time > now), surpriseOf <= now ? surpriseOf : Timestamp.Unknown,
            surpriseOf <= now ? _surprise?.Value : null,
            _isDaily ? $"its calendar has more than {DatesPerMonthMax} dates in {MonthDays} days: set Economy:Releases with its Dates"
                : IsKnown(now) ? null : "its calendar is not known");
    }

    private Timestamp Last(Timestamp now) => _times.LastOrDefault(time => time <= now);

    private bool IsSeriesDue(Timestamp now)
    {
        if (!_seriesAt.IsKnown)
        {
            return true;
        }

        var due = Last(now);
        if (!due.IsKnown || (_surprise is { } surprise && release.At(surprise.Published) >= due))
        {
            return false;
        }

        return _seriesAt < due || now - _seriesAt >= PollEvery(now - due);
    }

    /// <summary>FRED has most values within minutes of a release; a second estimate has no new one.</summary>
    private static TimeSpan PollEvery(TimeSpan since) =>
        since < TimeSpan.FromMinutes(30) ? TimeSpan.FromMinutes(1)
        : since < TimeSpan.FromHours(6) ? TimeSpan.FromMinutes(15)
        : TimeSpan.FromHours(12);
}
