namespace BtcAgent.History.Metrics;

/// <summary>Asks once whether the server takes points with these settings; writes none.</summary>
public static class InfluxProbe
{
    /// <returns>The problem and the remedy; null when it takes them.</returns>
    public static async Task<string?> AskAsync(InfluxOptions options, CancellationToken cancellationToken)
    {
        using var writer = new InfluxWriter(options);
        return (await writer.WriteAsync([], cancellationToken)).Problem;
    }
}
