using StackExchange.Redis;

namespace BtcAgent.History.Sinks.Redis;

/// <summary>Explains failures of Redis in one line.</summary>
internal static class RedisFailure
{
    /// <param name="error">Exception of the driver.</param>
    /// <param name="server">Host and port.</param>
    public static SinkException Explain(Exception error, string server)
    {
        var chain = Chain(error).ToList();
        var text = string.Join(' ', chain.Select(one => one.Message));
        var (problem, isFinal) = text switch
        {
            _ when Has("WRONGPASS") || Has("invalid password") || Has("invalid username-password")
                => ("refuses the user or password: correct user and password in History:Redis:Connection", true),
            _ when Has("NOAUTH") || Has("Authentication required")
                => ("asks for a password: add user=…,password=… to History:Redis:Connection", true),
            _ when Has("NOPERM")
                => ($"does not let the user run a command ({Line("NOPERM")}): allow INFO, TYPE, EVAL, EVALSHA, SCRIPT, XADD, XINFO, XTRIM, "
                    + "HGET, HMGET, HSET, HINCRBY, DEL, PEXPIREAT, PERSIST and Z* on the keys of the sink", true),
            _ when chain.Any(one => one is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure })
                => ("refuses the log-in: correct user, password and ssl in History:Redis:Connection", true),
            _ when Has("READONLY") || Has("not eligible for replica")
                => ("is a read-only replica: set History:Redis:Connection to the primary", false),
            _ when Has("OOM ")
                => ("has no memory left (maxmemory): raise maxmemory, or lower History:Redis:EntriesMax and KeepHours", false),
            _ when Has("MISCONF")
                => ("refuses writes because it cannot save to its disk (MISCONF): free disk space or correct its data folder", false),
            _ when Has("LOADING") => ("is loading its data: it answers when it is ready", false),
            _ when Has("CROSSSLOT")
                => ("is a cluster, where the sink's keys must share a slot: set History:Redis:KeyPrefix to a hash tag, such as {btcagent}:", true),
            _ when Has("CLUSTERDOWN") || Has("MASTERDOWN") || Has("NOREPLICAS") || Has("TRYAGAIN")
                => ($"cannot take writes now ({OneLine(text)})", false),
            _ when error is RedisServerException => ($"refuses: {OneLine(error.Message)}", false),
            _ => ($"does not answer ({OneLine(chain[^1].Message)}): start it or correct host, port and ssl in History:Redis:Connection", false),
        };
        return new SinkException($"Redis at {server} {problem}", error) { IsFinal = isFinal };

        bool Has(string part) => text.Contains(part, StringComparison.Ordinal);

        string Line(string part) => OneLine(chain.Select(one => one.Message).First(message => message.Contains(part, StringComparison.Ordinal)));
    }

    private static IEnumerable<Exception> Chain(Exception error)
    {
        for (var at = error; at is not null; at = at.InnerException)
        {
            yield return at;
        }
    }

    private static string OneLine(string text)
    {
        var line = text.ReplaceLineEndings(" ").TrimEnd('.');
        return line.Length <= 160 ? line : $"{line[..160]}…";
    }
}
