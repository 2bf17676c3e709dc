namespace BtcAgent.Domain.Execution.Venue;

/// <summary>A venue did not answer a question. The message says which, why and how to mend it.</summary>
public sealed class ExecutionVenueException(string message, Exception? inner = null) : Exception(message, inner);
