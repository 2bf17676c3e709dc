namespace BtcAgent.Cli.Tapes;

/// <summary>What <c>record --json</c> prints.</summary>
internal sealed record RecordedTape(string Folder, long Events, long Refused);
