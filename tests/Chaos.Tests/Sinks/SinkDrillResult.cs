namespace BtcAgent.Chaos.Tests.Sinks;

/// <summary>Contents of a sink's target at the end of its drill, compared with the tapes.</summary>
/// <param name="Sink">Name of the sink.</param>
/// <param name="Kills">Kills of its process.</param>
/// <param name="Outages">Times that its server was away.</param>
/// <param name="Rows">Trades stored.</param>
/// <param name="Missing">Trades of the tapes that are not stored.</param>
/// <param name="Doubled">Trades stored more than once, counted by their extra rows.</param>
/// <param name="SumDifference">Difference of the quantities' sums.</param>
/// <param name="NotionalDifference">Difference of the sums of price × quantity.</param>
/// <param name="CatchUpSeconds">Time from the last start until everything was stored, s.</param>
internal sealed record SinkDrillResult(
    string Sink, int Kills, int Outages, long Rows, long Missing, long Doubled, decimal SumDifference, decimal NotionalDifference, double CatchUpSeconds)
{
    public bool IsClean => (Missing, Doubled, SumDifference, NotionalDifference) == (0, 0, 0m, 0m);
}
