namespace BtcAgent.Contracts.Streams;

/// <summary>
/// Which log the offsets of stream messages count in: an offset means nothing in another one. A process whose streams end
/// with it begins a new log at each start; without this service the log outlives the processes, as a topic does.
/// </summary>
public sealed record StreamLog(string Id);
