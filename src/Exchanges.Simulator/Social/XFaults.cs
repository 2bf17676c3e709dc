using System.Collections.Concurrent;

namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>The faults of the simulated X, all planned.</summary>
public sealed class XFaults
{
    private readonly ConcurrentDictionary<XEndpoint, ConcurrentQueue<XRefusal>> _refusals = new();

    /// <summary>X's clock minus the given one.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>When true, streams stay open and carry nothing, not even blank lines.</summary>
    public bool IsStreamSilent { get; set; }

    /// <summary>When true, each post is sent twice.</summary>
    public bool RepeatsPosts { get; set; }

    /// <summary>When true, each post of a pair comes after the next one.</summary>
    public bool SwapsPosts { get; set; }

    /// <summary>Called with each request before it is answered or refused, on X's own threads.</summary>
    public Action<XEndpoint>? OnRequest { get; set; }

    /// <summary>Refuses the next request to an endpoint; each call plans one refusal.</summary>
    public void Refuse(XEndpoint endpoint, XRefusal refusal) => _refusals.GetOrAdd(endpoint, _ => new()).Enqueue(refusal);

    internal XRefusal? Next(XEndpoint endpoint)
    {
        OnRequest?.Invoke(endpoint);
        return _refusals.TryGetValue(endpoint, out var refusals) && refusals.TryDequeue(out var refusal) ? refusal : null;
    }
}
