using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using BtcAgent.Storage.Embedded;
using Orleans.Storage;

namespace BtcAgent.Storage.Volatile;

/// <summary>
/// Grain state in memory, as JSON like the embedded store's, so that a grain reads the same values as after a restart. For
/// replays, which store nothing.
/// </summary>
public sealed class VolatileGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string State, GrainId Grain), (string Payload, long ETag)> _states = [];

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_states.TryGetValue((stateName, grainId), out var stored))
        {
            grainState.State = JsonSerializer.Deserialize<T>(stored.Payload, SqliteGrainStorage.Json)!;
            grainState.ETag = stored.ETag.ToString(CultureInfo.InvariantCulture);
            grainState.RecordExists = true;
        }
        else
        {
            grainState.State = Activator.CreateInstance<T>();
            grainState.ETag = null;
            grainState.RecordExists = false;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var payload = JsonSerializer.Serialize(grainState.State, SqliteGrainStorage.Json);
        var stored = _states.AddOrUpdate(
            (stateName, grainId),
            _ => Check(null, 0),
            (_, before) => Check(before.ETag.ToString(CultureInfo.InvariantCulture), before.ETag));
        grainState.ETag = stored.ETag.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
        return Task.CompletedTask;

        (string, long) Check(string? storedETag, long version) =>
            grainState.ETag == storedETag
                ? (payload, version + 1)
                : throw new InconsistentStateException(
                    $"state '{stateName}' of {grainId} has changed since it was read", storedETag ?? "", grainState.ETag ?? "");
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _states.TryRemove((stateName, grainId), out _);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }
}
