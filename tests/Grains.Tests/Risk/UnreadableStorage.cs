using System.Collections.Concurrent;
using BtcAgent.Storage.Volatile;
using Orleans.Storage;

namespace BtcAgent.Grains.Tests.Risk;

/// <summary>Grain state in memory, some of which a scenario makes unreadable.</summary>
internal sealed class UnreadableStorage : IGrainStorage
{
    private readonly VolatileGrainStorage _storage = new();
    private readonly ConcurrentDictionary<(string State, string Key), int> _tried = [];

    /// <summary>Exception of a read, by the name of the state and the grain's key.</summary>
    public ConcurrentDictionary<(string State, string Key), Exception> Unreadable { get; } = [];

    /// <returns>Number of reads of an unreadable state.</returns>
    public int Tried(string state, string key) => _tried.GetValueOrDefault((state, key));

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var place = (stateName, grainId.Key.ToString()!);
        if (Unreadable.TryGetValue(place, out var failure))
        {
            _tried.AddOrUpdate(place, 1, (_, count) => count + 1);
            throw failure;
        }

        return _storage.ReadStateAsync(stateName, grainId, grainState);
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _storage.WriteStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _storage.ClearStateAsync(stateName, grainId, grainState);
}
