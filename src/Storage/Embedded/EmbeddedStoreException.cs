namespace BtcAgent.Storage.Embedded;

/// <summary>The embedded store failed; the message names the path and the remedy in one line.</summary>
public sealed class EmbeddedStoreException(string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>True when a database is damaged, so that only a copy helps.</summary>
    public bool IsDamage { get; init; }
}
