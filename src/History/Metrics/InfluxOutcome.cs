namespace BtcAgent.History.Metrics;

/// <summary>A server's answer to a batch of points.</summary>
/// <param name="Kind">The treatment of the batch.</param>
/// <param name="Problem">One line for the operator, without secrets; null when the batch was stored.</param>
/// <param name="RetryAfter">Wish of the server; null when it has none.</param>
internal sealed record InfluxOutcome(InfluxOutcomeKind Kind, string? Problem = null, TimeSpan? RetryAfter = null);
