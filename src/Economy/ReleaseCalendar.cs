using System.Collections.Immutable;
using BtcAgent.Domain.Economy;
using BtcAgent.Economy.Fred;
using BtcAgent.Economy.Releases;

namespace BtcAgent.Economy;

/// <summary>
/// The calendar of all releases: reads what is due at each step, waits after failures (a refused release alone, for an hour), and gives the notice of what is known.
/// </summary>
/// <param name="releases">The releases that count.</param>
/// <param name="client">FRED.</param>
/// <param name="time">Our clock.</param>
public sealed class ReleaseCalendar(IEnumerable<EconomicRelease> releases, FredClient client, TimeProvider time)
{
    private static readonly TimeSpan WaitMin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(15);

    private readonly ImmutableArray<ReleaseWatch> _watches = [.. releases.Select(release => new ReleaseWatch(release))];
    private TimeSpan _wait = WaitMin;
    private Timestamp _notBefore;

    /// <summary>The last failure, for people; null after a step that succeeded.</summary>
    public string? Problem { get; private set; }

    /// <summary>The releases as they are known now.</summary>
    public ImmutableArray<KnownRelease> Releases => [.. _watches.Select(watch => watch.At(Now))];

    private Timestamp Now => Timestamp.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Reads whatever is due. A failure of FRED or of the budget becomes <see cref="Problem"/>, and a wait that doubles from 5 s to 15 min.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        if (Now < _notBefore)
        {
            return;
        }

        string? refused = null;
        foreach (var watch in _watches.Where(watch => !watch.IsRefused(Now)))
        {
            try
            {
                await watch.ReadAsync(client, Now, cancellationToken);
            }
            catch (FredException problem) when (problem.Failure == FredFailure.Refused)
            {
                refused = problem.Message;
                watch.Refused(Now);
            }
            catch (FredException problem)
            {
                Problem = problem.Message;
                _notBefore = problem.RetryAt is { } at && at > Now + _wait ? at : Now + _wait;
                _wait = _wait * 2 < WaitMax ? _wait * 2 : WaitMax;
                return;
            }
        }

        (_wait, Problem) = (WaitMin, refused ?? (_watches.Any(watch => watch.IsRefused(Now)) ? Problem : null));
    }

    /// <summary>The notice of the knowledge of now; null while a calendar is not known: nobody can say which release is next.</summary>
    /// <param name="last">Number of the last notice.</param>
    public CalendarNotice? Read(long last)
    {
        var now = Now;
        if (_watches.Length == 0 || _watches.Any(watch => !watch.IsKnown(now)))
        {
            return null;
        }

        var known = _watches.Select(watch => watch.At(now)).ToList();
        var judged = known.Where(one => one.Surprise is not null).OrderByDescending(one => one.SurpriseOf).ThenByDescending(one => Math.Abs(one.Surprise!.Value)).FirstOrDefault();
        var (before, after) = (now - CalendarNotice.DistanceMax, now + CalendarNotice.DistanceMax);
        return new CalendarNotice
        {
            Number = Math.Max(now.UnixMilliseconds, last + 1),
            KnownAt = now,
            LastRelease = known.Select(one => one.Last).Where(at => at.IsKnown && at >= before).DefaultIfEmpty().Max(),
            NextRelease = known.Select(one => one.Next).Where(at => at.IsKnown && at <= after).DefaultIfEmpty().Min(),
            Surprise = judged?.Surprise is { } deviations ? (long)Math.Round(deviations * 1e8) : null,
        };
    }
}
