using BtcAgent.Grains.Storage;
using BtcAgent.Storage.Volatile;
using Orleans.Storage;

namespace BtcAgent.Grains.Tests.Models;

/// <summary>Grain state in memory whose disk fills up on request.</summary>
internal sealed class FaultyStorage : IGrainStorage
{
    private readonly VolatileGrainStorage _storage = new();
    private bool _isHanging;

    /// <summary>Name of the state whose writes fail; null for none.</summary>
    public string? Fails { get; set; }

    /// <summary>The next write of the operator's commands completes, or fails, with this task.</summary>
    public TaskCompletionSource? Hangs { get; set; }

    /// <summary>Writes of the operator's commands that arrived while one hung.</summary>
    public int Overtaking { get; private set; }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _storage.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (stateName == Fails)
        {
            throw new IOException("disk full");
        }

        if (stateName == GrainStateNames.TradingControl && Hangs is { } hanging)
        {
            Overtaking += _isHanging ? 1 : 0;
            if (!_isHanging)
            {
                _isHanging = true;
                await hanging.Task;
            }
        }

        await _storage.WriteStateAsync(stateName, grainId, grainState);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _storage.ClearStateAsync(stateName, grainId, grainState);
}
