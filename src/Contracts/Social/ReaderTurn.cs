namespace BtcAgent.Contracts.Social;

/// <summary>Answer to a reader that begins.</summary>
/// <param name="IsGranted">False when a later reader has begun.</param>
/// <param name="Cursor">How far was read, as JSON of the reader's; null at the beginning, and when it is not granted.</param>
[GenerateSerializer, Immutable, Alias("ReaderTurn")]
public sealed record ReaderTurn([property: Id(0)] bool IsGranted, [property: Id(1)] string? Cursor);
