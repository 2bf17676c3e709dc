namespace BtcAgent.Storage.Embedded;

/// <summary>A fact stored under its id for later explanation.</summary>
/// <param name="Id">Unique; a second entry of the same id is ignored.</param>
/// <param name="EventTimeUnixNs">Event time, nanoseconds since 1970 UTC.</param>
/// <param name="Instrument">Instrument, such as <c>BINANCE:BTCUSDT</c>.</param>
/// <param name="Strategy">Strategy; empty for none.</param>
/// <param name="Portfolio">Portfolio; empty for none.</param>
/// <param name="Kind">Kind of the fact in the JSON.</param>
/// <param name="Json">The fact itself.</param>
public sealed record JournalEntry(
    string Id, long EventTimeUnixNs, string Instrument, string Strategy, string Portfolio, string Kind, string Json);
