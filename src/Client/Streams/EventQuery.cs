namespace BtcAgent.Client.Streams;

/// <summary>A request for live events, as REST and gRPC take it.</summary>
/// <param name="Topics">Names of the topics.</param>
/// <param name="After">Position to continue after; null for what happens from now on.</param>
/// <param name="Instrument">Only events of this instrument, and those of none; null for all.</param>
/// <param name="Portfolio">Only events of this portfolio, and those of none; null for those that the caller may see.</param>
/// <param name="QuoteMs">Time between two quotes of an instrument in ms; null for the configured one.</param>
internal sealed record EventQuery(IReadOnlyCollection<string> Topics, string? After, string? Instrument, string? Portfolio, int? QuoteMs);
