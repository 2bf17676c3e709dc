namespace BtcAgent.History.Sinks.Redis;

/// <summary>Asks once whether the server answers and can serve the sink.</summary>
public static class RedisProbe
{
    /// <returns>The server's version.</returns>
    /// <exception cref="SinkException">The server does not answer, or cannot serve the sink.</exception>
    public static async Task<string> AskAsync(RedisSinkOptions options, CancellationToken cancellationToken)
    {
        await using var connection = await RedisConnection.OpenAsync(options, cancellationToken);
        return connection.GetServers().Select(server => server.Version.ToString()).First();
    }
}
