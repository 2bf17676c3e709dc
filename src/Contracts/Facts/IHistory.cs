namespace BtcAgent.Contracts.Facts;

/// <summary>The log of facts and the sinks of this process.</summary>
public interface IHistory
{
    /// <summary>The largest lag of a sink; zero without sinks.</summary>
    TimeSpan Lag { get; }

    HistoryStatus Status { get; }
}
