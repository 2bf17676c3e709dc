namespace BtcAgent.Storage.Objects;

/// <summary>Opens the store that options describe.</summary>
public static class ObjectStores
{
    /// <param name="options">Validated options.</param>
    /// <param name="folder">The folder when the options name none.</param>
    /// <param name="isPrivate">Closes files in a folder to all other users.</param>
    /// <exception cref="ObjectStoreException">The options are contradictory, or the secret's file cannot be read.</exception>
    public static IObjectStore Open(ObjectStoreOptions options, string folder, bool isPrivate = false)
    {
        var problems = new ObjectStoreOptionsValidator().Validate(null, options);
        if (problems.Failed)
        {
            throw new ObjectStoreException(ObjectStoreFault.Other, $"wrong settings of the object store: {problems.FailureMessage}");
        }

        return options.Kind == ObjectStoreKind.S3 ? new S3ObjectStore(options) : new FolderObjectStore(options.Path ?? folder, isPrivate);
    }

    /// <summary>Writes an object from memory; see <see cref="IObjectStore.PutAsync"/>.</summary>
    public static async Task<PutResult> PutBytesAsync(
        this IObjectStore store, string key, byte[] content, PutCondition condition, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, writable: false);
        return await store.PutAsync(key, stream, condition, cancellationToken);
    }

    /// <summary>Reads a whole object into memory; null when there is none.</summary>
    /// <exception cref="ObjectStoreException">The store failed, also in the middle of the object.</exception>
    public static async Task<byte[]?> ReadBytesAsync(this IObjectStore store, string key, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenAsync(key, cancellationToken);
        if (stream is null)
        {
            return null;
        }

        try
        {
            using var memory = new MemoryStream();
            await stream.CopyToAsync(memory, cancellationToken);
            return memory.ToArray();
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw new ObjectStoreException(
                ObjectStoreFault.Unreachable, $"'{key}' in {store.Place} could not be read to its end ({error.Message}): try again", error);
        }
    }

    /// <summary>Returns one line on the conditions that the store checks, and what is lost without them.</summary>
    public static string Describe(this ConditionalWrites conditions) => conditions switch
    {
        ConditionalWrites.Both => "conditional writes: create-only and compare-and-swap",
        ConditionalWrites.IfAbsent => "conditional writes: create-only; without If-Match, two writers that replace one object at the same "
            + "instant both succeed and the later one wins",
        ConditionalWrites.IfMatch => "conditional writes: compare-and-swap; without If-None-Match, two writers that create one object at the "
            + "same instant both succeed and the later one wins",
        _ => "no conditional writes: two writers of one object at the same instant both succeed and the later one wins; let only one "
            + "process write here",
    };
}
