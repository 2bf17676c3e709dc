namespace BtcAgent.History.Metrics;

/// <summary>The treatment of a batch of points after an attempt to write it.</summary>
internal enum InfluxOutcomeKind
{
    /// <summary>It is stored.</summary>
    Stored,

    /// <summary>The server is busy or away: try again soon.</summary>
    Busy,

    /// <summary>The server refuses every batch until an operator changes something: try again in a while.</summary>
    Refused,

    /// <summary>The server refuses points of this batch, and always will: drop it.</summary>
    Unusable,

    /// <summary>The batch is larger than the server accepts: send less at once.</summary>
    TooLarge,
}
