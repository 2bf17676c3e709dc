using BtcAgent.Domain.Execution.Venue;

namespace BtcAgent.Exchanges.Binance.Rest;

/// <summary>Meaning of a venue's error code for the request that received it.</summary>
/// <param name="Outcome">Whether the request was executed, as far as it is known.</param>
/// <param name="Remedy">Action that resolves the error.</param>
public readonly record struct ErrorMeaning(VenueOutcome Outcome, string Remedy);
