namespace BtcAgent.Exchanges.Simulator.Faults;

/// <summary>How the venue mishandles a request.</summary>
public enum FaultKind
{
    /// <summary>Does not execute the request, and sends no answer.</summary>
    TimeOutBefore,

    /// <summary>Executes the request, and sends no answer.</summary>
    TimeOutAfter,

    /// <summary>Does not execute the request, and answers HTTP 503.</summary>
    ErrorBefore,

    /// <summary>Executes the request, then answers HTTP 503.</summary>
    ErrorAfter,

    /// <summary>Does not execute the request, and answers 429 with Retry-After 1 s.</summary>
    TooManyRequests,

    /// <summary>Does not execute the request, and answers 418 with Retry-After 2 s.</summary>
    Banned,

    /// <summary>Does not execute the request, and cuts the connection.</summary>
    DropBefore,

    /// <summary>Executes the request, then cuts the connection.</summary>
    DropAfter,

    /// <summary>Fills the order completely before it executes the request to cancel it.</summary>
    FillBeforeCancel,

    /// <summary>Executes the request, and answers 300 ms later.</summary>
    Delay,
}
