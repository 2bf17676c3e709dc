namespace BtcAgent.History.Live;

/// <summary>A row as JSON, shared by all subscribers.</summary>
/// <param name="Json">The object.</param>
/// <param name="Instrument">Its instrument; null when it has none.</param>
/// <param name="Portfolio">Its portfolio; null when it has none.</param>
internal sealed record LiveRow(ReadOnlyMemory<byte> Json, string? Instrument, string? Portfolio);
