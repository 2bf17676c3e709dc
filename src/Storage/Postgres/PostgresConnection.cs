using System.Net.Sockets;
using Npgsql;

namespace BtcAgent.Storage.Postgres;

/// <summary>How connections to the PostgreSQL store are opened, and how their failures read.</summary>
public static class PostgresConnection
{
    /// <summary>Schema that holds all our objects.</summary>
    public const string Schema = "btcagent";

    /// <summary>Invariant name for the Orleans AdoNet providers.</summary>
    public const string Invariant = "Npgsql";

    /// <summary>
    /// The connection string for the Orleans AdoNet providers: they look up <c>OrleansQuery</c> unqualified, so that
    /// our schema must be on the search path. Behind PgBouncer, which refuses that at start-up, add
    /// <c>ignore_startup_parameters = search_path</c> there and <c>ALTER ROLE … SET search_path TO btcagent</c>.
    /// </summary>
    /// <exception cref="PostgresStoreException">Not a connection string.</exception>
    public static string ForOrleans(string connectionString)
    {
        var parts = Parse(connectionString);
        parts.SearchPath = Schema;
        return parts.ConnectionString;
    }

    /// <exception cref="PostgresStoreException">Not a connection string.</exception>
    internal static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(connectionString);
            return string.IsNullOrEmpty(parts.Host) ? throw Malformed() : parts;
        }
        catch (Exception error) when (
            error is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            // Neither its text nor the cause is passed on: they may hold a part of the password.
            throw Malformed();
        }
    }

    /// <param name="error">What the driver threw.</param>
    /// <param name="connectionString">Whose host and port are named.</param>
    internal static PostgresStoreException Explain(Exception error, string connectionString)
    {
        var parts = Parse(connectionString);
        var problem = error switch
        {
            PostgresException { SqlState: "3D000" } =>
                $"has no database '{parts.Database}': create it or mend Database in the connection string",
            PostgresException { SqlState: ['2', '8', ..] } =>
                $"refuses user '{parts.Username}': mend Username and Password in the connection string",
            PostgresException { SqlState: "42501" } refused =>
                $"refuses user '{parts.Username}' ({OneLine(refused)}): grant it the rights on schema {Schema}",
            PostgresException { SqlState: "42P01" or "3F000" } refused =>
                $"lacks our schema ({OneLine(refused)}): run the migrations",
            PostgresException refused => $"refuses: {refused.SqlState} {OneLine(refused)}",
            _ => $"does not answer ({OneLine(Root(error))}): start it or mend Host and Port in the connection string",
        };
        return new PostgresStoreException($"PostgreSQL at {parts.Host}:{parts.Port} {problem}", error);
    }

    private static Exception Root(Exception error) =>
        error is { InnerException: SocketException or TimeoutException or IOException } ? error.InnerException : error;

    private static string OneLine(Exception error) =>
        (error is PostgresException refused ? refused.MessageText : error.Message).ReplaceLineEndings(" ").TrimEnd('.');

    private static PostgresStoreException Malformed() =>
        new("the PostgreSQL connection string cannot be read: write it as "
            + "Host=…;Port=5432;Database=…;Username=…;Password=…");
}
