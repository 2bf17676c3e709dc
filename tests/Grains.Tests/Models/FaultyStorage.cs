using BtcAgent.Storage.Volatile;
using Orleans.Storage;

namespace BtcAgent.Grains.Tests.Models;

/// <summary>Grain state in memory whose disk fills up when a test says so.</summary>
internal sealed class FaultyStorage : IGrainStorage
{
    private readonly VolatileGrainStorage _storage = new();

    /// <summary>Name of the state whose writes fail; null for none.</summary>
    public string? Fails { get; set; }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _storage.ReadStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        stateName == Fails ? throw new IOException("disk full") : _storage.WriteStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _storage.ClearStateAsync(stateName, grainId, grainState);
}
