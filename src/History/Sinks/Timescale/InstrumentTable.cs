using Npgsql;

namespace BtcAgent.History.Sinks.Timescale;

/// <summary>Ids of instruments. A new one is committed before the batch that needs it, so that a rolled-back batch leaves no id behind.</summary>
internal sealed class InstrumentTable
{
    private const string Add = """
        INSERT INTO trading.instruments (key) SELECT unnest($1) ON CONFLICT (key) DO NOTHING
        """;

    private const string Find = "SELECT key, id FROM trading.instruments WHERE key = ANY ($1)";

    private readonly Dictionary<string, int> _ids = [];

    public IReadOnlyDictionary<string, int> Ids => _ids;

    /// <summary>Forgets all ids: the server may have been restored from a backup.</summary>
    public void Forget() => _ids.Clear();

    public async Task LearnAsync(NpgsqlConnection connection, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var missing = keys.Where(key => !_ids.ContainsKey(key)).ToArray();
        if (missing.Length == 0)
        {
            return;
        }

        await using var add = new NpgsqlCommand(Add, connection);
        add.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = missing });
        await add.ExecuteNonQueryAsync(cancellationToken);
        await using var find = new NpgsqlCommand(Find, connection);
        find.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = missing });
        await using var row = await find.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            _ids[row.GetString(0)] = row.GetInt32(1);
        }
    }
}
