namespace BtcAgent.Cli.Tapes;

/// <summary>The output of <c>record --json</c>.</summary>
internal sealed record RecordedTape(string Folder, long Events, long Refused);
