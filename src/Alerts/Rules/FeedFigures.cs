namespace BtcAgent.Alerts.Rules;

/// <summary>The market data of an instrument.</summary>
/// <param name="Instrument">Instrument, such as <c>BINANCE:BTCUSDT</c>.</param>
/// <param name="IsConnected">False after an interruption until events arrive again; null when it could not be read.</param>
/// <param name="AgeSeconds">Seconds since the feed read the last batch.</param>
public sealed record FeedFigures(string Instrument, bool? IsConnected, double AgeSeconds);
