namespace BtcAgent.Cli.Watching;

/// <summary>A line of the screen, without control characters.</summary>
internal readonly record struct ScreenLine(string Text, Tone Tone = Tone.Normal);
