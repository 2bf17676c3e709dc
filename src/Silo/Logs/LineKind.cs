namespace BtcAgent.Silo.Logs;

/// <summary>Identifies repeats: log lines with the same category, message and subject.</summary>
/// <param name="Category">Category of the logger.</param>
/// <param name="Event">Id of the event.</param>
/// <param name="Level">Level of the line.</param>
/// <param name="Template">Text without its values; null where there is none.</param>
/// <param name="Subject">Name of the channel or sink of the line, so that one that fails often hides no other; null for other lines.</param>
internal readonly record struct LineKind(string Category, int Event, LogLevel Level, string? Template, string? Subject = null)
{
    /// <summary>Shared kind of all lines beyond the separately counted kinds.</summary>
    public static LineKind Other { get; } = new("BtcAgent.OtherRepeatedLines", 0, LogLevel.Warning, null);
}
