namespace BtcAgent.Storage.Objects;

/// <summary>Outcome of a write.</summary>
/// <param name="Outcome">Whether the object was written.</param>
/// <param name="ETag">ETag of the written object; null when nothing was written.</param>
public sealed record PutResult(PutOutcome Outcome, string? ETag)
{
    internal static PutResult AlreadyThere { get; } = new(PutOutcome.AlreadyThere, null);

    internal static PutResult Conflict { get; } = new(PutOutcome.Conflict, null);
}
