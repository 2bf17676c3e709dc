using BtcAgent.Domain.Economy;

namespace BtcAgent.Economy;

/// <summary>Decides which notices are sent: those that change something, and one at least every 5 minutes as a sign of life.</summary>
public sealed class NoticeClock
{
    /// <summary>Half of the time that the features' rule allows, so that one lost notice does no harm.</summary>
    public static readonly TimeSpan AliveEvery = TimeSpan.FromMinutes(5);

    private CalendarNotice _last;

    /// <summary>Whether a notice has to be sent.</summary>
    public bool IsDue(in CalendarNotice notice) =>
        notice.LastRelease != _last.LastRelease || notice.NextRelease != _last.NextRelease || notice.Surprise != _last.Surprise
        || notice.KnownAt - _last.KnownAt >= AliveEvery || notice.KnownAt < _last.KnownAt;

    /// <summary>Remembers a notice that was sent.</summary>
    public void Sent(in CalendarNotice notice) => _last = notice;
}
