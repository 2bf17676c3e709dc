namespace BtcAgent.Research.Optimization.Spaces;

/// <summary>A search space that cannot be read, or a point outside of it; the message says what to correct.</summary>
public sealed class SearchSpaceException(string message, Exception? inner = null) : Exception(message, inner);
