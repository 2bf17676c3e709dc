using System.Net.Sockets;
using Npgsql;

namespace BtcAgent.Storage.Postgres;

/// <summary>Opens connections to the PostgreSQL store and explains their failures.</summary>
public static class PostgresConnection
{
    /// <summary>Schema of all database objects of the agent.</summary>
    public const string Schema = "btcagent";

    /// <summary>Invariant name for the Orleans AdoNet providers.</summary>
    public const string Invariant = "Npgsql";

    /// <summary>
    /// Returns the connection string for the Orleans AdoNet providers: they look up <c>OrleansQuery</c> unqualified, so the
    /// schema must be on the search path. Behind PgBouncer, which refuses that at start-up, add <c>ignore_startup_parameters =
    /// search_path</c> there and <c>ALTER ROLE … SET search_path TO btcagent</c>.
    /// </summary>
    /// <exception cref="PostgresStoreException">Not a connection string.</exception>
    public static string ForOrleans(string connectionString)
    {
        var parts = Parse(connectionString);
        parts.SearchPath = Schema;
        return parts.ConnectionString;
    }

    /// <exception cref="PostgresStoreException">Not a connection string.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(connectionString);
            return string.IsNullOrEmpty(parts.Host) ? throw Malformed() : parts;
        }
        catch (Exception error) when (
            error is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            // Omits the text and the cause, which may contain a part of the password.
            throw Malformed();
        }
    }

    /// <summary>Says in one line what the driver's exception means and what to do.</summary>
    /// <param name="error">Exception of the driver.</param>
    /// <param name="connectionString">Connection string, for host and port in the message.</param>
    /// <param name="schema">Schema that the statement used.</param>
    public static PostgresStoreException Explain(Exception error, string connectionString, string schema = Schema)
    {
        var parts = Parse(connectionString);
        var problem = error switch
        {
            PostgresException { SqlState: "3D000" } =>
                $"has no database '{parts.Database}': create it or correct Database in the connection string",
            PostgresException { SqlState: ['2', '8', ..] } =>
                $"refuses user '{parts.Username}': correct Username and Password in the connection string",
            PostgresException { SqlState: "42501" } refused =>
                $"refuses user '{parts.Username}' ({OneLine(refused)}): grant it the rights on schema {schema}",
            PostgresException { SqlState: "42P01" or "3F000" } refused =>
                $"lacks the agent's schema ({OneLine(refused)}): run the migrations",
            PostgresException refused => $"refuses: {refused.SqlState} {OneLine(refused)}",
            _ => $"does not answer ({OneLine(Root(error))}): start it or correct Host and Port in the connection string",
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
