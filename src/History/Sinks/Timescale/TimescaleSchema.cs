using BtcAgent.Domain.Features;
using BtcAgent.Storage.Postgres;
using Npgsql;

namespace BtcAgent.History.Sinks.Timescale;

/// <summary>Prepares the database: chooses the kind of tables, migrates schema <c>trading</c>, applies the policies.</summary>
internal static class TimescaleSchema
{
    private const string AddName = """
        INSERT INTO trading.feature_names (feature_count, place, name, unit)
        SELECT cardinality($1), place, name, unit FROM unnest($1, $2) WITH ORDINALITY AS feature (name, unit, place)
        ON CONFLICT (feature_count, place) DO UPDATE SET name = excluded.name, unit = excluded.unit
        WHERE (feature_names.name, feature_names.unit) IS DISTINCT FROM (excluded.name, excluded.unit)
        """;

    /// <exception cref="SinkException">The server does not fit, or the extension cannot be created.</exception>
    /// <exception cref="PostgresStoreException">The server cannot be reached or refuses, or its schema is newer.</exception>
    public static async Task<TimescaleChoice> PrepareAsync(
        TimescaleOptions options, PostgresMigrator migrator, CancellationToken cancellationToken)
    {
        var choice = await ChooseAsync(options, cancellationToken);
        await migrator.MigrateAsync(options.ConnectionString, TimescaleMigrations.For(choice.Kind), cancellationToken);
        await using var connection = await OpenAsync(options, cancellationToken);
        await NameFeaturesAsync(connection, cancellationToken);
        if (choice.Kind == TimescaleKind.Hypertables)
        {
            await TimescalePolicies.ApplyAsync(connection, options, cancellationToken);
        }

        return choice;
    }

    private static async Task<TimescaleChoice> ChooseAsync(TimescaleOptions options, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(options, cancellationToken);
        var server = await TimescaleServer.AskAsync(connection, cancellationToken);
        var choice = TimescaleChoice.For(server, options.UseExtension);
        if (!choice.CreateExtension)
        {
            return choice;
        }

        await CreateExtensionAsync(connection, cancellationToken);

        // The licence can be read only once the extension is there.
        return TimescaleChoice.For(await TimescaleServer.AskAsync(connection, cancellationToken), options.UseExtension);
    }

    private static async Task CreateExtensionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await using var create = new NpgsqlCommand("CREATE EXTENSION IF NOT EXISTS timescaledb", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException error)
        {
            throw new SinkException(
                $"PostgreSQL has TimescaleDB, but its extension cannot be created ({error.MessageText.ReplaceLineEndings(" ")}): "
                + $"run CREATE EXTENSION timescaledb as a superuser, or set {TimescaleOptions.Section}:UseExtension to false for native "
                + "partitions",
                error)
            { IsFinal = true };
        }
    }

    private static async Task NameFeaturesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var definitions = FeatureSchema.Create(new FeatureOptions()).Definitions;
        await using var add = new NpgsqlCommand(AddName, connection);
        add.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. definitions.Select(feature => feature.Name)] });
        add.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. definitions.Select(feature => feature.Unit)] });
        await add.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<NpgsqlConnection> OpenAsync(TimescaleOptions options, CancellationToken cancellationToken)
    {
        // Without pooling: a new session sees an extension that another one has just created.
        var parts = PostgresConnection.Parse(options.ConnectionString);
        parts.Pooling = false;
        var connection = new NpgsqlConnection(parts.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
