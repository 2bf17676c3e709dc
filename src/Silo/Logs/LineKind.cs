namespace BtcAgent.Silo.Logs;

/// <summary>What makes lines repeats of each other: who says it, and which of its messages it is.</summary>
internal readonly record struct LineKind(string Category, int Event, LogLevel Level, string? Template)
{
    /// <summary>Stands for all kinds beyond those that are told apart.</summary>
    public static LineKind Other { get; } = new("BtcAgent.OtherRepeatedLines", 0, LogLevel.Warning, null);
}
