namespace BtcAgent.Contracts.Facts;

/// <summary>How a sink is doing.</summary>
/// <param name="Name">Name of the sink.</param>
/// <param name="Stored">Facts that it has taken since the start.</param>
/// <param name="Unreadable">Facts left out since the start because they could not be read.</param>
/// <param name="LagSeconds">Age of the oldest fact that it has not taken; zero when it is up to date.</param>
/// <param name="Problem">Why it does not take facts at present, in one line; null when it does.</param>
public sealed record SinkStatus(string Name, long Stored, long Unreadable, double LagSeconds, string? Problem);
