using BtcAgent.Storage.Volatile;
using Orleans.Storage;

namespace BtcAgent.Grains.Tests.Execution;

/// <summary>Grain state in memory; writes of one grain's state hang while a test requests it.</summary>
internal sealed class HangingStorage : IGrainStorage
{
    private readonly VolatileGrainStorage _storage = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _hanging;
    private int _waiting;

    /// <summary>Number of hanging writes.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <param name="stateName">Name of the state.</param>
    /// <param name="key">Key of the grain.</param>
    public void Hang(string stateName, string key) => _hanging = $"{stateName} {key}";

    public void Release()
    {
        _hanging = null;
        _released.TrySetResult();
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _storage.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_hanging == $"{stateName} {grainId.Key}")
        {
            Interlocked.Increment(ref _waiting);
            await _released.Task;
        }

        await _storage.WriteStateAsync(stateName, grainId, grainState);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _storage.ClearStateAsync(stateName, grainId, grainState);
}
