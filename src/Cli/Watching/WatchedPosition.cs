namespace BtcAgent.Cli.Watching;

/// <summary>A position at one moment.</summary>
/// <param name="Instrument">Id of the instrument.</param>
/// <param name="Quantity">In base asset; negative is short.</param>
/// <param name="AveragePrice">Average entry price in quote asset; null when flat.</param>
/// <param name="UnrealizedPnl">In quote asset, before fees.</param>
internal sealed record WatchedPosition(string Instrument, decimal Quantity, decimal? AveragePrice, decimal UnrealizedPnl);
