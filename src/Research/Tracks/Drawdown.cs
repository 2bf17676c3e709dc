namespace BtcAgent.Research.Tracks;

/// <summary>The deepest fall of an equity curve.</summary>
/// <param name="Depth">0…−1 as a fraction of the peak; 0 when equity never fell.</param>
/// <param name="Peak">Time of the peak.</param>
/// <param name="Trough">Time of the lowest point after it.</param>
/// <param name="Recovered">Time at which the peak was reached again; null if it was not.</param>
/// <param name="Longest">Longest time below a former peak, recovered or not.</param>
public sealed record Drawdown(double Depth, Timestamp Peak, Timestamp Trough, Timestamp? Recovered, TimeSpan Longest);
