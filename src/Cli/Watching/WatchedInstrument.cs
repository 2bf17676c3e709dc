namespace BtcAgent.Cli.Watching;

/// <summary>An instrument at one moment.</summary>
/// <param name="Instrument">Its id.</param>
/// <param name="Bid">Best bid in quote asset; null when unknown.</param>
/// <param name="Ask">Best ask in quote asset; null when unknown.</param>
/// <param name="SpreadBps">Spread in basis points of the mid; NaN when unknown.</param>
/// <param name="LastPrice">Price of the last trade; null before the first.</param>
/// <param name="IsConnected">False while the feed is interrupted.</param>
/// <param name="AgeMs">Milliseconds since the last market data.</param>
internal sealed record WatchedInstrument(
    string Instrument, decimal? Bid, decimal? Ask, double SpreadBps, decimal? LastPrice, bool IsConnected, double AgeMs);
