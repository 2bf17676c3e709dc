namespace BtcAgent.Exchanges.Simulator.Faults;

/// <summary>How a request can go wrong.</summary>
public enum FaultKind
{
    /// <summary>Nothing is done, and no answer comes.</summary>
    TimeOutBefore,

    /// <summary>It is done, and no answer comes.</summary>
    TimeOutAfter,

    /// <summary>Nothing is done; HTTP 503.</summary>
    ErrorBefore,

    /// <summary>It is done; HTTP 503 all the same.</summary>
    ErrorAfter,

    /// <summary>429 with Retry-After 1 s; nothing is done.</summary>
    TooManyRequests,

    /// <summary>418 with Retry-After 2 s; nothing is done.</summary>
    Banned,

    /// <summary>Nothing is done, and the connection is cut.</summary>
    DropBefore,

    /// <summary>It is done, and the connection is cut.</summary>
    DropAfter,

    /// <summary>An order that is to be cancelled trades whole first.</summary>
    FillBeforeCancel,

    /// <summary>It is done, and the answer comes 300 ms later.</summary>
    Delay,
}
