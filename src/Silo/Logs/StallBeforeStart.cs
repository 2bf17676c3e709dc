namespace BtcAgent.Silo.Logs;

/// <summary>
/// Recognises a false alarm: Orleans' watchdog compares the clock with the end of its first check of the silo's components before
/// that check has ended. The missing time counts as 0, and the monotonic clock counts from the machine's boot, so the reported
/// stall is as long as the machine is up. A stall longer than this process runs cannot be real; shorter ones are passed on.
/// </summary>
internal static class StallBeforeStart
{
    public const string Category = "Orleans.Runtime.Watchdog";

    private const string Stall = "TimeSinceLastTick";

    public static bool Is<TState>(string category, TState state, TimeSpan running) =>
        category == Category
        && state is IReadOnlyList<KeyValuePair<string, object?>> values
        && values.Any(value => value is { Key: Stall, Value: TimeSpan stall } && stall > running);
}
