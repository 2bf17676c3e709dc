using System.Net.Sockets;
using Npgsql;

namespace BtcAgent.Storage.Postgres;

/// <summary>Reads grain state from outside of the cluster. Never writes.</summary>
public static class PostgresStates
{
    /// <param name="connectionString">Connection string of the cluster's database.</param>
    /// <param name="stateName">Name of the grain's persistent state.</param>
    /// <param name="key">Text key of the grain.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The state as UTF-8 JSON, one for each service that has it, ordered by service name.</returns>
    /// <exception cref="PostgresStoreException">
    /// The connection string is invalid, or the server does not answer or lacks the schema.
    /// </exception>
    public static async Task<IReadOnlyList<byte[]>> ReadAsync(
        string connectionString, string stateName, string key, CancellationToken cancellationToken)
    {
        var parts = PostgresConnection.Parse(connectionString);
        parts.ApplicationName = "btcagent-read";
        try
        {
            await using var source = NpgsqlDataSource.Create(parts);
            await using var command = source.CreateCommand(
                $"""
                SELECT payload FROM {PostgresConnection.Schema}.grain_state
                WHERE state_name = @state AND key_text = @key AND payload IS NOT NULL ORDER BY service_id
                """);
            command.Parameters.AddWithValue("state", stateName);
            command.Parameters.AddWithValue("key", key);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var states = new List<byte[]>();
            while (await reader.ReadAsync(cancellationToken))
            {
                states.Add(reader.GetFieldValue<byte[]>(0));
            }

            return states;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or SocketException)
        {
            throw PostgresConnection.Explain(e, connectionString);
        }
    }
}
