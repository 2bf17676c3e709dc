namespace BtcAgent.History.Files;

/// <summary>Rows of a buffer that belong into one file.</summary>
internal sealed record BufferedGroup(string Instrument, DateOnly Date, string Log, int Partition, long FirstOffset, long LastOffset);
