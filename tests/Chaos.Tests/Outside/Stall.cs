namespace BtcAgent.Chaos.Tests.Outside;

/// <summary>One stall.</summary>
/// <param name="Kind">The stalled part.</param>
/// <param name="After">Delay after the request of an order.</param>
/// <param name="Span">Duration.</param>
internal sealed record Stall(StallKind Kind, TimeSpan After, TimeSpan Span);
