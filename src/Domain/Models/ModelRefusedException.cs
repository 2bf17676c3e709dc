namespace BtcAgent.Domain.Models;

/// <summary>
/// A model must not be served: it is damaged, has another schema, or fails the conversion check. The message contains the
/// reason.
/// </summary>
[GenerateSerializer, Immutable, Alias("ModelRefusedException")]
public sealed class ModelRefusedException(string message, Exception? inner = null) : Exception(message, inner);
