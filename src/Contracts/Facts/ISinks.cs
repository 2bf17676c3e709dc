namespace BtcAgent.Contracts.Facts;

/// <summary>The sinks of this process.</summary>
public interface ISinks
{
    /// <summary>The largest lag; zero without sinks.</summary>
    TimeSpan Lag { get; }

    IReadOnlyList<SinkStatus> Status { get; }
}
