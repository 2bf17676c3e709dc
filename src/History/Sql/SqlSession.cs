using System.Globalization;
using DuckDB.NET.Data;

namespace BtcAgent.History.Sql;

/// <summary>A private DuckDB in memory, with bounds on memory and threads. One caller at a time.</summary>
internal sealed class SqlSession : IDisposable
{
    private readonly DuckDBConnection _connection;

    /// <param name="memoryMb">Memory of buffers and operators, MiB.</param>
    /// <param name="threads">Threads that a statement may use.</param>
    /// <param name="spillFolder">Folder for data that exceeds the memory; null: such a statement fails.</param>
    public SqlSession(int memoryMb, int threads, string? spillFolder)
    {
        _connection = new DuckDBConnection("Data Source=:memory:");
        _connection.Open();
        Execute($"SET memory_limit='{memoryMb.ToString(CultureInfo.InvariantCulture)}MiB'");
        Execute($"SET threads={threads.ToString(CultureInfo.InvariantCulture)}");
        Execute("SET TimeZone='UTC'");

        // Extensions would be downloaded: everything needed is built in.
        Execute("SET autoinstall_known_extensions=false");
        Execute($"SET temp_directory={SqlText.Literal(spillFolder ?? "")}");
    }

    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        _ = command.ExecuteNonQuery();
    }

    public DuckDBCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    public DuckDBAppender Append(string table) => _connection.CreateAppender(table);

    public void Dispose() => _connection.Dispose();
}
