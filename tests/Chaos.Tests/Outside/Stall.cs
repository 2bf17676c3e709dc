namespace BtcAgent.Chaos.Tests.Outside;

/// <summary>One stall.</summary>
/// <param name="Kind">What stalls.</param>
/// <param name="After">From the moment an order is asked for.</param>
/// <param name="Span">How long.</param>
internal sealed record Stall(StallKind Kind, TimeSpan After, TimeSpan Span);
