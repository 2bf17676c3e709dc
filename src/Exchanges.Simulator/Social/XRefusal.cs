namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>How a request fails.</summary>
/// <param name="Status">HTTP status; 0 breaks the connection off without an answer, and −1 never answers.</param>
public sealed record XRefusal(int Status)
{
    /// <summary>Breaks the connection off.</summary>
    public static XRefusal BreakOff { get; } = new(0);

    /// <summary>Accepts the connection and never answers.</summary>
    public static XRefusal Hang { get; } = new(-1);

    /// <summary>X's refusal of a second stream.</summary>
    public static XRefusal TooManyConnections { get; } = new(429) { Issue = "TooManyConnections" };

    /// <summary>Seconds from X's time to <c>x-rate-limit-reset</c>; null sends no such header.</summary>
    public long? ResetSeconds { get; init; }

    /// <summary>Value of <c>connection_issue</c> in the body.</summary>
    public string? Issue { get; init; }
}
