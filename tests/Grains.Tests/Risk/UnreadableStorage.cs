using BtcAgent.Storage.Volatile;
using Orleans.Storage;

namespace BtcAgent.Grains.Tests.Risk;

/// <summary>Grain state in memory, some of which a scenario makes unreadable.</summary>
internal sealed class UnreadableStorage : IGrainStorage
{
    private readonly VolatileGrainStorage _storage = new();

    /// <summary>Name of the state and part of the grain's key; null for none.</summary>
    public (string State, string Key)? Unreadable { get; set; }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Unreadable is { } unreadable && unreadable.State == stateName && grainId.ToString().Contains(unreadable.Key, StringComparison.Ordinal)
            ? throw new IOException("the state cannot be read")
            : _storage.ReadStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _storage.WriteStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _storage.ClearStateAsync(stateName, grainId, grainState);
}
