using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Execution.Venue;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// The last check of every order of an execution. Invariants: (1) an order is sent only with a permit of this fence; (2)
/// once <see cref="Raise"/> has returned, no order that was decided before is sent, whatever it waits for; (3) an order of
/// a flatten survives other halts, but not the end of its flatten; (4) an order that was sent and not answered counts as in
/// flight until the venue refuses it for its age.
/// </summary>
/// <param name="activation">Id of the activation: orders decided before it are refused.</param>
/// <param name="time">Our clock.</param>
internal sealed class SendFence(string activation, TimeProvider time)
{
    private readonly Dictionary<string, Sending> _sendings = new(StringComparer.Ordinal);
    private long _count;
    private string _reason = "the execution started after the order was decided";

    /// <summary>The current epoch; read it before an order is decided.</summary>
    public HaltEpoch Epoch => new(activation, _count);

    /// <summary>Returns why an order under these terms is refused, or null when it may be submitted.</summary>
    public string? Refusal(SendTerms terms)
    {
        if (terms.Epoch != Epoch)
        {
            return $"HALTED: {_reason}";
        }

        return Now() is var now && now > terms.NotAfter ? SendPermit.TooOld(now - terms.NotAfter) : null;
    }

    /// <summary>Number of permits issued, except those of a flatten.</summary>
    public long Permits { get; private set; }

    /// <summary>Issues a permit for one order; the caller has checked <see cref="Refusal"/> in the same turn.</summary>
    public SendPermit Permit(string clientOrderId, Timestamp notAfter, bool closes)
    {
        var permit = new SendPermit(notAfter);
        Permits += closes ? 0 : 1;
        _sendings[clientOrderId] = new Sending(permit, closes);
        return permit;
    }

    /// <summary>Stops every order that has not left, except those of a flatten.</summary>
    /// <returns>Client ids of orders that will never be sent.</returns>
    public IReadOnlyList<string> Raise(string reason)
    {
        _count++;
        _reason = reason;
        return Withdraw($"HALTED: {reason}", closes: false);
    }

    /// <summary>Stops the orders of a flatten that have not left.</summary>
    /// <returns>Client ids of orders that will never be sent.</returns>
    public IReadOnlyList<string> EndFlatten(string reason) => Withdraw($"HALTED: {reason}", closes: true);

    /// <summary>The venue has answered, or was never sent the order.</summary>
    public void Answered(string clientOrderId) => _sendings.Remove(clientOrderId);

    /// <summary>Returns orders that may have left and may still arrive.</summary>
    /// <param name="requestLifetime">Age at which the venue refuses a request without processing it.</param>
    public IReadOnlyList<string> InFlight(TimeSpan requestLifetime)
    {
        var now = Now();
        foreach (var (id, sending) in _sendings.ToArray())
        {
            if (sending.Permit.UsedAt is { } usedAt && now - usedAt > requestLifetime)
            {
                _sendings.Remove(id);
            }
        }

        return [.. _sendings.Where(sending => sending.Value.Permit.WhyNot is null).Select(sending => sending.Key)];
    }

    private List<string> Withdraw(string reason, bool closes)
    {
        var withdrawn = new List<string>();
        foreach (var (id, sending) in _sendings.Where(sending => sending.Value.Closes == closes).ToArray())
        {
            if (sending.Permit.Withdraw(reason))
            {
                withdrawn.Add(id);
                _sendings.Remove(id);
            }
        }

        return withdrawn;
    }

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());

    /// <param name="Permit">Permit of the order.</param>
    /// <param name="Closes">Whether it is part of a flatten.</param>
    private sealed record Sending(SendPermit Permit, bool Closes);
}
