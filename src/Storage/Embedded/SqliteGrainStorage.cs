using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Storage;

namespace BtcAgent.Storage.Embedded;

/// <summary>Orleans grain storage over a <see cref="StateStore"/>. Payloads are JSON; NaN and infinities round-trip.</summary>
public sealed class SqliteGrainStorage(StateStore store, string serviceId) : IGrainStorage
{
    /// <summary>Format of grain states in every store.</summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = KeyOf(stateName, grainId);
        var stored = store.Read(key);
        grainState.ETag = stored?.ETag.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = stored?.Payload is not null;
        grainState.State = stored?.Payload is { } payload ? Deserialize<T>(payload, key) : Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var payload = JsonSerializer.Serialize(grainState.State, Json);
        grainState.ETag = await ReplaceAsync(KeyOf(stateName, grainId), payload, grainState.ETag);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.ETag is not null)
        {
            grainState.ETag = await ReplaceAsync(KeyOf(stateName, grainId), payload: null, grainState.ETag);
        }

        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    private async Task<string> ReplaceAsync(StateKey key, string? payload, string? etag)
    {
        var expected = etag is null ? (long?)null : long.Parse(etag, CultureInfo.InvariantCulture);
        if (await store.WriteAsync(key, payload, expected) is { } written)
        {
            return written.ToString(CultureInfo.InvariantCulture);
        }

        var current = store.Read(key)?.ETag.ToString(CultureInfo.InvariantCulture);
        throw new InconsistentStateException(
            $"{key} was written by another activation: this one must re-read it", current ?? "none", etag ?? "none");
    }

    private StateKey KeyOf(string stateName, GrainId grainId) => new(serviceId, stateName, grainId.Key.ToString()!);

    private static T Deserialize<T>(string payload, StateKey key)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(payload, Json)
                ?? throw new EmbeddedStoreException($"the stored {key} is 'null': restore a copy of state.db");
        }
        catch (JsonException error)
        {
            throw new EmbeddedStoreException(
                $"the stored {key} is not a {typeof(T).Name} ({error.Message}): run the version that wrote it, or restore a copy of state.db",
                error);
        }
    }
}
