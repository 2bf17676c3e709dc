using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DuckDB.NET.Data;

namespace BtcAgent.Cli.Tests.Imports;

/// <summary>A data folder and files to import into it.</summary>
internal sealed class ImportFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-import-");

    public string Data => Path.Combine(_folder.FullName, "data");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Imports, and returns kind, rows stored, rows that were there, and findings of the only file.</summary>
    public (string Kind, int Stored, int Known, string[] Findings) Import(params string[] arguments)
    {
        var (code, output, error) = Run(["data", "import", .. arguments, "--into", Data, "--json"]);
        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(output);
        var file = Assert.Single(json.RootElement.GetProperty("files").EnumerateArray());
        return (
            file.GetProperty("kind").GetString()!, file.GetProperty("stored").GetInt32(), file.GetProperty("alreadyStored").GetInt32(),
            [.. file.GetProperty("findings").EnumerateArray().Select(finding => finding.GetString()!)]);
    }

    /// <summary>Imports what is refused, and returns the error.</summary>
    public string Refused(params string[] arguments)
    {
        var (code, _, error) = Run(["data", "import", .. arguments, "--into", Data]);
        Assert.Equal(1, code);
        return error;
    }

    public static (int Code, string Output, string Error) Run(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandTree.Invoke(arguments, new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public string Gzip(string name, string text)
    {
        using var gzip = new GZipStream(File.Create(PathOf(name)), CompressionLevel.Fastest);
        gzip.Write(Encoding.UTF8.GetBytes(text));
        return PathOf(name);
    }

    /// <summary>Writes a Parquet file with the rows of a query.</summary>
    public string Parquet(string name, string select)
    {
        _ = Query($"COPY ({select}) TO '{PathOf(name)}' (FORMAT parquet)", _ => 0);
        return PathOf(name);
    }

    /// <summary>Rows of a query; <c>{0}</c> is the folder of the history.</summary>
    public List<T> Query<T>(string sql, Func<DbDataReader, T> read)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SET TimeZone='UTC'";
        _ = command.ExecuteNonQuery();
        command.CommandText = string.Format(CultureInfo.InvariantCulture, sql, Path.Combine(Data, "history"));
        using var row = command.ExecuteReader();
        List<T> rows = [];
        while (row.Read())
        {
            rows.Add(read(row));
        }

        return rows;
    }

    public (long Count, long Quantity, long Price) Trades() => Assert.Single(Query(
        "SELECT count(*), coalesce(sum(quantity_e8), 0)::BIGINT, coalesce(sum(price_e8), 0)::BIGINT FROM read_parquet('{0}/dataset=trades/**/*.parquet')",
        row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))));
}
