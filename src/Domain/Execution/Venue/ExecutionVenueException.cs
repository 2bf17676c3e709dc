namespace BtcAgent.Domain.Execution.Venue;

/// <summary>A venue did not answer a query. The message contains the query, the reason and the remedy.</summary>
public sealed class ExecutionVenueException(string message, Exception? inner = null) : Exception(message, inner);
