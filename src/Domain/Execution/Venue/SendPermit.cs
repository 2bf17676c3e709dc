using System.Diagnostics.CodeAnalysis;

namespace BtcAgent.Domain.Execution.Venue;

/// <summary>
/// Permission to send one order once. The venue's connector uses it synchronously with the send, after its last wait; a
/// halt withdraws it. Invariants, on any thread: (1) it is used or withdrawn, never both; (2) it is used at most once; (3)
/// it is never used after <see cref="NotAfter"/>. Therefore an order whose permit was withdrawn never reaches the venue.
/// </summary>
/// <param name="notAfter">Latest time for sending, by our clock.</param>
public sealed class SendPermit(Timestamp notAfter)
{
    private readonly Lock _lock = new();
    private Timestamp? _usedAt;
    private string? _whyNot;

    public Timestamp NotAfter => notAfter;

    /// <summary>Time of sending by our clock; null before.</summary>
    public Timestamp? UsedAt
    {
        get
        {
            lock (_lock)
            {
                return _usedAt;
            }
        }
    }

    /// <summary>Why the order will never be sent; null while it may be, or after it was.</summary>
    public string? WhyNot
    {
        get
        {
            lock (_lock)
            {
                return _whyNot;
            }
        }
    }

    /// <summary>Called immediately before the order's first byte leaves; nothing may be awaited in between.</summary>
    /// <param name="now">Our clock.</param>
    /// <param name="refusal">Why the order must not be sent.</param>
    public bool TryUse(Timestamp now, [NotNullWhen(false)] out string? refusal)
    {
        lock (_lock)
        {
            if (_usedAt is null && _whyNot is null && now > notAfter)
            {
                _whyNot = TooOld(now - notAfter);
            }

            refusal = _whyNot ?? (_usedAt is null ? null : "SENT_BEFORE: an order is sent once");
            if (refusal is not null)
            {
                return false;
            }

            _usedAt = now;
            return true;
        }
    }

    /// <returns>True when the order will never be sent; false when it was sent.</returns>
    public bool Withdraw(string reason)
    {
        lock (_lock)
        {
            if (_usedAt is not null)
            {
                return false;
            }

            _whyNot ??= reason;
            return true;
        }
    }

    /// <summary>The reason for an order that is this much past its lifetime.</summary>
    public static string TooOld(TimeSpan late) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"TOO_OLD: the order was not sent within its lifetime, which ended {late.TotalMilliseconds:0} ms ago");
}
