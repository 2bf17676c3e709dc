using BtcAgent.History.Sinks;
using BtcAgent.Storage.Objects;

namespace BtcAgent.History.Files;

/// <summary>The manifest of a data set in the hands of its only writer. Thread-safe.</summary>
internal sealed class OwnedManifest(IObjectStore store, string dataset) : IDisposable
{
    private const int TakeoverAttemptsMax = 10;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly string _key = Manifest.KeyOf(dataset);
    private string? _etag;
    private bool _isKnown;

    /// <summary>The manifest as last known to be stored; null before <see cref="TakeOverAsync"/>.</summary>
    public Manifest? Current { get; private set; }

    /// <summary>Reads the manifest and raises its epoch: an earlier owner cannot replace it any more.</summary>
    public async Task TakeOverAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            _isKnown = false;
            for (var attempt = 0; attempt < TakeoverAttemptsMax; attempt++)
            {
                // The ETag first: when the content is of a later write, the swap fails and everything is read again.
                var etag = (await store.HeadAsync(_key, cancellationToken))?.ETag;
                var found = etag is null ? null : await store.ReadBytesAsync(_key, cancellationToken);
                if (etag is not null && found is null)
                {
                    continue;
                }

                var manifest = found is null ? new Manifest { Dataset = dataset } : Manifest.Read(_key, found);
                if (await SwapAsync(manifest with { Epoch = manifest.Epoch + 1 }, etag, cancellationToken))
                {
                    return;
                }
            }

            throw new SinkException($"another process writes '{_key}' in {store.Place} all the time: only one may store the history there");
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Replaces the manifest.</summary>
    /// <param name="change">From the current manifest to the next.</param>
    /// <param name="cancellationToken">Ends the write; whether it took place is then unknown until the next takeover.</param>
    public async Task UpdateAsync(Func<Manifest, Manifest> change, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (Current is not { } current || !_isKnown)
            {
                throw new SinkException($"whether '{_key}' in {store.Place} was replaced is not known");
            }

            _isKnown = false;
            if (!await SwapAsync(change(current), _etag, cancellationToken))
            {
                throw new SinkException($"another process has taken over '{_key}' in {store.Place}: only one may store the history there");
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<bool> SwapAsync(Manifest next, string? etag, CancellationToken cancellationToken)
    {
        var condition = etag is null ? PutCondition.IfAbsent : PutCondition.IfMatch(etag);
        var result = await store.PutBytesAsync(_key, next.ToJson(), condition, cancellationToken);
        if (result.Outcome != PutOutcome.Created)
        {
            return false;
        }

        (Current, _etag, _isKnown) = (next, result.ETag, true);
        return true;
    }
}
