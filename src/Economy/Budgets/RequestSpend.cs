namespace BtcAgent.Economy.Budgets;

/// <summary>Requests that were spent, as a store keeps them.</summary>
/// <param name="Day">UTC day of <paramref name="InDay"/>.</param>
/// <param name="InDay">Requests of that day.</param>
/// <param name="Minute">Begin of the minute of <paramref name="InMinute"/>.</param>
/// <param name="InMinute">Requests since then.</param>
public sealed record RequestSpend(DateOnly Day, int InDay, Timestamp Minute, int InMinute)
{
    /// <summary>Nothing was spent.</summary>
    public static RequestSpend None { get; } = new(DateOnly.MinValue, 0, Timestamp.Unknown, 0);
}
