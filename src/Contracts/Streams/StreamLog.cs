namespace BtcAgent.Contracts.Streams;

/// <summary>
/// Identifies the log that stream offsets refer to: an offset is meaningless in another log. A process with in-memory streams
/// begins a new log at each start; without this service the log survives the processes, as a topic does.
/// </summary>
public sealed record StreamLog(string Id);
