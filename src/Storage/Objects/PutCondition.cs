namespace BtcAgent.Storage.Objects;

/// <summary>Condition of a write: none, no object under the key, or exactly the object with an ETag.</summary>
public sealed record PutCondition
{
    private PutCondition(bool isAbsent, string? etag) => (MustBeAbsent, ETag) = (isAbsent, etag);

    /// <summary>Replaces any object.</summary>
    public static PutCondition None { get; } = new(false, null);

    /// <summary>Writes only if there is no object under the key.</summary>
    public static PutCondition IfAbsent { get; } = new(true, null);

    public bool MustBeAbsent { get; }

    /// <summary>ETag of the object to replace; null when the condition is another one.</summary>
    public string? ETag { get; }

    /// <summary>Writes only if the object under the key still has this ETag: compare and swap.</summary>
    public static PutCondition IfMatch(string etag)
    {
        ArgumentException.ThrowIfNullOrEmpty(etag);
        return new(false, etag);
    }
}
