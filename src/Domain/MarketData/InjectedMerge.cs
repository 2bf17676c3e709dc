using System.Diagnostics.CodeAnalysis;

namespace BtcAgent.Domain.MarketData;

/// <summary>
/// Gives recorded tallies and notices their place among recorded events, for replays and backtests alike: before the first event that was received after they were known.
/// Those known before the first event of all are left out: there is no market time at which they could count.
/// </summary>
/// <param name="known">In any order; those known at the same time keep theirs.</param>
public sealed class InjectedMerge(IEnumerable<IInjectedEvent> known)
{
    private readonly IInjectedEvent[] _known = [.. known.OrderBy(one => one.KnownAt)];
    private int _next;
    private bool _hasBegun;

    /// <summary>Number of all.</summary>
    public int Count => _known.Length;

    /// <summary>Takes the next one that belongs before an event; call it until it returns false, for each event in order.</summary>
    /// <param name="receivedAt">When the event was received.</param>
    /// <param name="next">The tally or notice.</param>
    public bool TryTake(Timestamp receivedAt, [NotNullWhen(true)] out IInjectedEvent? next)
    {
        while (!_hasBegun && IsKnownBefore(receivedAt))
        {
            _next++;
        }

        _hasBegun = true;
        next = IsKnownBefore(receivedAt) ? _known[_next++] : null;
        return next is not null;
    }

    private bool IsKnownBefore(Timestamp receivedAt) => _next < _known.Length && _known[_next].KnownAt < receivedAt;
}
