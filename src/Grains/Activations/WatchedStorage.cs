using Orleans.Storage;

namespace BtcAgent.Grains.Activations;

/// <summary>
/// The host's storage, wrapped for the <see cref="WatchedGrains"/>: records why a state cannot be read, since the grain
/// then has no activation to do so, and refuses to read the state of a stopped grain again.
/// </summary>
internal sealed class WatchedStorage(IGrainStorage storage, WatchedGrains watched) : IGrainStorage
{
    /// <summary>Name of the storage provider of the watched grains.</summary>
    public const string Provider = "watched-state";

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (!watched.Watches(stateName))
        {
            await storage.ReadStateAsync(stateName, grainId, grainState);
            return;
        }

        var key = grainId.Key.ToString()!;
        if (watched.Refusal(stateName, key) is { } refusal)
        {
            throw new InvalidOperationException(refusal);
        }

        try
        {
            await storage.ReadStateAsync(stateName, grainId, grainState);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            watched.Failed(stateName, key, "its state cannot be read", e);
            throw;
        }
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        storage.WriteStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        storage.ClearStateAsync(stateName, grainId, grainState);
}
