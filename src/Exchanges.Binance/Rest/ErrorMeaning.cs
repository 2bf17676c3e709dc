using BtcAgent.Domain.Execution.Venue;

namespace BtcAgent.Exchanges.Binance.Rest;

/// <summary>What one of the venue's error codes means for the request that received it.</summary>
/// <param name="Outcome">What is known about the request.</param>
/// <param name="Remedy">What to do about it.</param>
public readonly record struct ErrorMeaning(VenueOutcome Outcome, string Remedy);
