namespace BtcAgent.Domain.Models;

/// <summary>A model that must not be served: damaged, of another schema, or not at parity. The message says why.</summary>
[GenerateSerializer, Immutable, Alias("ModelRefusedException")]
public sealed class ModelRefusedException(string message, Exception? inner = null) : Exception(message, inner);
