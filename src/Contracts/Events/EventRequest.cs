namespace BtcAgent.Contracts.Events;

/// <summary>Topics and filters of a subscriber.</summary>
/// <param name="Topics">Names of <see cref="ILiveEvents.Topics"/>.</param>
/// <param name="After">Position of the last event that the subscriber has; null for what happens from now on.</param>
/// <param name="Instrument">Only events of this instrument, and those of none; null for all.</param>
/// <param name="Portfolios">Only events of these portfolios, and those of none; null for all.</param>
/// <param name="QuoteInterval">Time between two quotes of an instrument; null for the configured one.</param>
public sealed record EventRequest(
    IReadOnlyCollection<string> Topics,
    string? After = null,
    string? Instrument = null,
    IReadOnlyCollection<string>? Portfolios = null,
    TimeSpan? QuoteInterval = null);
