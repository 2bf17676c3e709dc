namespace BtcAgent.Exchanges.Simulator.Economy;

/// <summary>Faults of the simulated FRED; none by default. Each lasts until it is set back.</summary>
public sealed class FredFaults
{
    /// <summary>Status of all answers; null answers.</summary>
    public int? Status { get; set; }

    /// <summary>Seconds in the header Retry-After of <see cref="Status"/>; null sends none.</summary>
    public int? RetryAfterSeconds { get; set; }

    /// <summary>Body of all answers with status 200; null answers.</summary>
    public string? Body { get; set; }

    /// <summary>Never answers.</summary>
    public bool Hangs { get; set; }

    /// <summary>Delays every value beyond its release.</summary>
    public TimeSpan ValueDelay { get; set; }

    /// <summary>Lists each release on every day, as FRED does with releases of daily series.</summary>
    public bool ListsEveryDay { get; set; }
}
