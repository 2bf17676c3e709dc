namespace BtcAgent.Storage.Embedded;

/// <summary>A fact kept for later explanation, by its id.</summary>
/// <param name="Id">Unique; a second entry of the same id is ignored.</param>
/// <param name="EventTimeUnixNs">Event time, nanoseconds since 1970 UTC.</param>
/// <param name="Instrument">Such as <c>BINANCE:BTCUSDT</c>.</param>
/// <param name="Strategy">Empty when it concerns none.</param>
/// <param name="Portfolio">Empty when it concerns none.</param>
/// <param name="Kind">What the JSON holds.</param>
/// <param name="Json">The fact itself.</param>
public sealed record JournalEntry(
    string Id, long EventTimeUnixNs, string Instrument, string Strategy, string Portfolio, string Kind, string Json);
