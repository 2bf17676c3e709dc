using System.Text.Json;
using BtcAgent.Storage.Embedded;
using Orleans.Storage;

namespace BtcAgent.Silo.Cluster;

/// <summary>Serializes grain state as JSON without type names, like the embedded store; NaN and infinities round-trip.</summary>
internal sealed class StateSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input!, SqliteGrainStorage.Json));

    /// <exception cref="JsonException">The stored state is not of this type.</exception>
    public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span, SqliteGrainStorage.Json)
        ?? throw new JsonException($"the stored {typeof(T).Name} is empty");
}
