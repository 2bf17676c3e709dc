namespace BtcAgent.Storage.Objects;

/// <summary>
/// Whole objects under keys, such as <c>trades/date=2026-11-29/0-99.parquet</c>: in a folder or on an S3 server. An object is
/// visible completely or not at all. Every method throws <see cref="ObjectStoreException"/> when the store fails.
/// </summary>
public interface IObjectStore : IDisposable
{
    /// <summary>Its address, for messages: contains no secret.</summary>
    string Place { get; }

    /// <summary>Conditions that the store checks in one step with the write; known after <see cref="ProbeAsync"/>.</summary>
    ConditionalWrites Conditions { get; }

    /// <summary>
    /// Checks that objects can be written and deleted here, and finds out the <see cref="Conditions"/>, with a small object: a
    /// server may ignore them for one that is sent in parts. Call it once, at the start.
    /// </summary>
    Task<ConditionalWrites> ProbeAsync(CancellationToken cancellationToken);

    /// <summary>Writes a whole object. When it fails, the key keeps its previous object, or none.</summary>
    /// <param name="key">Segments separated by <c>/</c>.</param>
    /// <param name="content">Seekable; read from its beginning, again after a failed attempt. Remains open.</param>
    /// <param name="condition">
    /// Without support by the server (see <see cref="Conditions"/>) it is checked before the write: then of two writers at the
    /// same instant both succeed, and the later one replaces the object of the other.
    /// </param>
    /// <param name="cancellationToken">Ends the write; the key keeps its previous object.</param>
    Task<PutResult> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellationToken);

    /// <summary>Opens an object for reading; null when there is none.</summary>
    Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken);

    /// <summary>Returns size, time and ETag of an object; null when there is none.</summary>
    Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Lists the objects whose keys begin with the prefix, in ordinal order of their keys, page by page.</summary>
    /// <param name="prefix">Beginning of the keys; empty for all.</param>
    /// <param name="after">Only keys after this one; null for all.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after, CancellationToken cancellationToken);

    /// <summary>Deletes an object; does nothing when there is none.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);
}
