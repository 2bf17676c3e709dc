using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.History.Sinks;

/// <summary>The ids of one kind that a line has sent within the window: all up to the newest, without the gaps.</summary>
internal sealed class LineIds
{
    /// <summary>Gaps that count: quotes leave out ids all the time, trades only when a connection was lost.</summary>
    public const int GapsMax = 10_000;

    private const long Never = -1;

    private readonly List<(long First, long Last, long KnownAt)> _gaps = [];
    private long _newest;
    private long _newestTime;
    private long _newestAt = Never;
    private long _begunAt = Never;

    /// <summary>The line's reader begins at this offset: what is before its first id was not sent.</summary>
    public void Begin(long offset) => _begunAt = offset;

    /// <summary>True when a lower id is later than our newest one, as after a reset of a test venue.</summary>
    public bool IsNumberedAgain(MarketEvent one) => _newestAt != Never && one.LastId <= _newest && one.EventTime > _newestTime;

    public void Forget()
    {
        _newestAt = Never;
        _gaps.Clear();
    }

    /// <summary>Takes an event of this line.</summary>
    public void Note(MarketEvent one, long offset)
    {
        if (!IsWithin(_newestAt, offset))
        {
            Forget();
        }

        if (_newestAt == Never)
        {
            (_newest, _newestTime, _newestAt) = (one.LastId, one.EventTime, offset);
            if (IsWithin(_begunAt, offset))
            {
                _gaps.Add((long.MinValue, one.LastId - 1, _begunAt));
            }
        }
        else if (one.LastId > _newest)
        {
            AddGap(_newest + 1, one.LastId - 1);
            (_newest, _newestTime, _newestAt) = (one.LastId, Math.Max(one.EventTime, _newestTime), offset);
        }
    }

    /// <summary>True when the line has sent the other line's event. What is later than its newest event is another one of the same id.</summary>
    public bool HasSent(MarketEvent one, long offset) =>
        IsWithin(_newestAt, offset) && one.LastId <= _newest && one.EventTime <= _newestTime && !IsInGap(one.LastId, offset);

    private static bool IsWithin(long earlier, long offset) => earlier != Never && earlier >= offset - LineCopies.Window;

    private void AddGap(long first, long last)
    {
        if (first <= last)
        {
            _gaps.Add((first, last, _newestAt));
            if (_gaps.Count >= 2 * GapsMax)
            {
                _gaps.RemoveRange(0, GapsMax);
            }
        }
    }

    private bool IsInGap(long id, long offset)
    {
        for (var i = _gaps.Count - 1; i >= Math.Max(0, _gaps.Count - GapsMax) && _gaps[i].Last >= id; i--)
        {
            if (_gaps[i].First <= id)
            {
                return IsWithin(_gaps[i].KnownAt, offset);
            }
        }

        return false;
    }
}
