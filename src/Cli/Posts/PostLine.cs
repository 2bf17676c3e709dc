namespace BtcAgent.Cli.Posts;

/// <summary>A line of an input of posts.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">Its text without the line's end; null when it cannot be read.</param>
/// <param name="Problem">The problem and its remedy; null for a line that can be read.</param>
internal readonly record struct PostLine(long Number, string? Text, string? Problem);
