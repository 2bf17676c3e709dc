namespace BtcAgent.Silo.Logs;

/// <summary>Identifies repeats: log lines with the same category and message.</summary>
internal readonly record struct LineKind(string Category, int Event, LogLevel Level, string? Template)
{
    /// <summary>Shared kind of all lines beyond the separately counted kinds.</summary>
    public static LineKind Other { get; } = new("BtcAgent.OtherRepeatedLines", 0, LogLevel.Warning, null);
}
