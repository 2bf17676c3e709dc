using StackExchange.Redis;

namespace BtcAgent.History.Sinks.Redis;

/// <summary>Opens connections to Redis and checks that the server can keep what a sink writes.</summary>
internal static class RedisConnection
{
    /// <summary>Streams are trimmed by id, and conditions on XADD need this version.</summary>
    private static readonly Version VersionMin = new(6, 2);

    /// <summary>Null when the text is not a connection string.</summary>
    public static ConfigurationOptions? TryParse(RedisSinkOptions options)
    {
        try
        {
            var parts = ConfigurationOptions.Parse(options.Connection);
            parts.ClientName ??= "btcagent-history";
            parts.AllowAdmin = true; // INFO counts as an administrative command.
            parts.AbortOnConnectFail = true;
            parts.ConnectRetry = 1;
            parts.ConnectTimeout = options.TimeoutMs;
            parts.AsyncTimeout = options.TimeoutMs;
            parts.BacklogPolicy = BacklogPolicy.FailFast;
            parts.IncludeDetailInExceptions = false;
            return parts.EndPoints.Count > 0 ? parts : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            return null; // The message may contain a part of the password.
        }
    }

    /// <exception cref="SinkException">The server does not answer, or cannot serve the sink.</exception>
    public static async Task<ConnectionMultiplexer> OpenAsync(RedisSinkOptions options, CancellationToken cancellationToken)
    {
        var parts = TryParse(options) ?? throw new SinkException(
            $"{RedisSinkOptions.Section}:Connection cannot be read: write it as host:6379,user=…,password=…,ssl=true")
        { IsFinal = true };
        ConnectionMultiplexer? connection = null;
        try
        {
            connection = await ConnectionMultiplexer.ConnectAsync(parts).WaitAsync(cancellationToken);
            var info = (string?)await connection.GetDatabase().ExecuteAsync("INFO").WaitAsync(cancellationToken);
            Check(info ?? "", NameOf(parts));
            return connection;
        }
        catch (Exception e)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            if (e is RedisException or RedisCommandException or TimeoutException)
            {
                throw RedisFailure.Explain(e, NameOf(parts));
            }

            throw;
        }
    }

    /// <summary>Host and port for messages; never the password.</summary>
    public static string NameOf(ConfigurationOptions parts) => string.Join(',', parts.EndPoints.Select(point => point.ToString()!.Replace("Unspecified/", "")));

    /// <param name="info">The server's answer to INFO.</param>
    /// <param name="server">Host and port.</param>
    /// <exception cref="SinkException">A version, role or policy with which the sink cannot keep its promises.</exception>
    internal static void Check(string info, string server)
    {
        var fields = info.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First()[1], StringComparer.Ordinal);
        var text = fields.GetValueOrDefault("redis_version", "");
        if (!Version.TryParse(text, out var version) || version < VersionMin)
        {
            throw new SinkException($"Redis at {server} has version '{text}': the sink needs {VersionMin} or newer; update the server") { IsFinal = true };
        }

        if (fields.GetValueOrDefault("role") == "slave")
        {
            throw new SinkException(
                $"Redis at {server} is a replica, which cannot be written: set {RedisSinkOptions.Section}:Connection to the primary");
        }

        var policy = fields.GetValueOrDefault("maxmemory_policy", "noeviction");
        if (fields.GetValueOrDefault("maxmemory", "0") != "0" && policy.StartsWith("allkeys", StringComparison.Ordinal))
        {
            throw new SinkException(
                $"Redis at {server} removes any key when its memory is full (maxmemory-policy {policy}), so facts and the checkpoint could be lost:"
                + " set maxmemory-policy to noeviction or volatile-ttl")
            { IsFinal = true };
        }
    }
}
