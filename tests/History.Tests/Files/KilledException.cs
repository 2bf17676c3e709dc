namespace BtcAgent.History.Tests.Files;

/// <summary>The end of a process: nothing of the sink may handle it.</summary>
internal sealed class KilledException : Exception;
