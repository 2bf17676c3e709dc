using System.Text;
using BtcAgent.Storage.Postgres;
using BtcAgent.Testing;
using Npgsql;
using static BtcAgent.Storage.Tests.Postgres.JournalRig;

namespace BtcAgent.Storage.Tests.Postgres;

public sealed class PostgresStatesTests(PostgresServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_StateOfTwoServices_GivesBothAndNoOther()
    {
        var database = await MigratedAsync(server);
        await WriteAsync(database, "b", "model", "starter-1", "{\"of\":\"b\"}");
        await WriteAsync(database, "a", "model", "starter-1", "{\"of\":\"a\"}");
        await WriteAsync(database, "a", "model", "starter-2", "{}");
        await WriteAsync(database, "a", "signal", "starter-1", "{}");
        await WriteAsync(database, "c", "model", "starter-1", null);

        var states = await PostgresStates.ReadAsync(database, "model", "starter-1", Token);

        Assert.Equal(["{\"of\":\"a\"}", "{\"of\":\"b\"}"], states.Select(Encoding.UTF8.GetString));
        Assert.Empty(await PostgresStates.ReadAsync(database, "model", "starter-3", Token));
    }

    [Fact]
    public async Task Read_NotOurDatabase_SaysWhatToDo()
    {
        var empty = await server.NewDatabaseAsync();
        var lacking = await Assert.ThrowsAsync<PostgresStoreException>(() => PostgresStates.ReadAsync(empty, "model", "m", Token));
        Assert.Contains("lacks the agent's schema", lacking.Message, StringComparison.Ordinal);

        var malformed = await Assert.ThrowsAsync<PostgresStoreException>(() => PostgresStates.ReadAsync("Hots=x", "model", "m", Token));
        Assert.Contains("cannot be read", malformed.Message, StringComparison.Ordinal);
    }

    private static async Task WriteAsync(string database, string service, string state, string key, string? json)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(
            """
            INSERT INTO btcagent.grain_state (service_id, state_name, key_n0, key_n1, key_text, key_hash, version, payload)
            VALUES (@service, @state, 0, 0, @key, 1, 1, @payload)
            """);
        command.Parameters.AddWithValue("service", service);
        command.Parameters.AddWithValue("state", state);
        command.Parameters.AddWithValue("key", key);
        command.Parameters.AddWithValue("payload", json is null ? DBNull.Value : Encoding.UTF8.GetBytes(json));
        await command.ExecuteNonQueryAsync(Token);
    }
}
