using BtcAgent.Storage.Volatile;
using Orleans.Storage;

namespace BtcAgent.Grains.Tests.Halting;

/// <summary>Grain state in memory behind two gates: before a write takes effect, and before its answer.</summary>
internal sealed class GatedStorage(GateBoard gates) : IGrainStorage
{
    private VolatileGrainStorage _storage = new();

    public void Reset() => _storage = new VolatileGrainStorage();

    /// <summary>Removes the state as if it had never been written.</summary>
    public async Task ForgetAsync(string stateName, GrainId grainId)
    {
        var stored = new GrainState<object>();
        await _storage.ReadStateAsync(stateName, grainId, stored);
        await _storage.ClearStateAsync(stateName, grainId, stored);
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _storage.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await gates.PassAsync($"store.{stateName}.write");
        await _storage.WriteStateAsync(stateName, grainId, grainState);
        await gates.PassAsync($"store.{stateName}.answer");
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _storage.ClearStateAsync(stateName, grainId, grainState);
}
