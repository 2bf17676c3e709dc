using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using BtcAgent.History.Datasets;
using BtcAgent.History.Sql;
using BtcAgent.Storage.Objects;

namespace BtcAgent.History.Files;

/// <summary>Writes the rows of a query as one Parquet object.</summary>
internal sealed partial class FileWriter(IObjectStore store, string workFolder, TimeProvider time)
{
    private const string Order = "event_time, event_nanos, fact_offset, fact_row";

    /// <summary>True for the key of a file that <see cref="Describe"/> has named.</summary>
    public static bool IsOurs(string key) => OurNames().IsMatch(key);

    /// <summary>Keys of a data set's files with the names that this program gives; others belong to somebody else.</summary>
    public static async IAsyncEnumerable<string> OursAsync(
        IObjectStore store, string dataset, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var found in store.ListAsync($"dataset={dataset}/", null, cancellationToken))
        {
            if (IsOurs(found.Key))
            {
                yield return found.Key;
            }
        }
    }

    /// <summary>Path of the temporary file of an object.</summary>
    public string PathOf(string key) => Path.Combine(workFolder, key.Replace('/', '~'));

    /// <param name="session">Database that has the source.</param>
    /// <param name="dataset">The data set of the rows.</param>
    /// <param name="source">Table or table function with its columns.</param>
    /// <param name="file">Description without size, hash, rows and span, which the written file determines.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    public async Task<DataFile> WriteAsync(
        SqlSession session, Dataset dataset, string source, DataFile file, CancellationToken cancellationToken)
    {
        var path = PathOf(file.Key);
        try
        {
            session.Execute(CopyStatement(dataset, source, file, path));
            await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: false);
            var written = file with
            {
                Bytes = content.Length,
                Sha256 = await FileHash.OfAsync(content, cancellationToken),
            };
            written = WithSpan(session, path, written);

            // Unconditional: an object without a manifest entry is the rest of an attempt with the same facts.
            await store.PutAsync(file.Key, content, PutCondition.None, cancellationToken);
            return written;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The description of a file whose content is yet to be written.</summary>
    public DataFile Describe(Dataset dataset, string instrument, DateOnly date, string log, int partition, long firstOffset, long lastOffset) => new()
    {
        Key = KeyOf(dataset, instrument, date, log, partition, firstOffset, lastOffset),
        Instrument = instrument,
        Date = date,
        Log = log,
        Partition = partition,
        FirstOffset = firstOffset,
        LastOffset = lastOffset,
        Rows = 0,
        Bytes = 0,
        FirstTime = 0,
        LastTime = 0,
        Sha256 = "",
        Schema = dataset.SchemaHash,
        StoredAt = time.GetUtcNow(),
    };

    private static string KeyOf(Dataset dataset, string instrument, DateOnly date, string log, int partition, long firstOffset, long lastOffset)
    {
        // A folder's name must not contain a colon on every system; letters and digits are all that an instrument has besides.
        var place = dataset.IsByInstrument ? $"instrument={(InstrumentId.TryParse(instrument, out _) ? instrument.Replace(':', '_') : "UNKNOWN")}/" : "";
        return string.Create(CultureInfo.InvariantCulture, $"dataset={dataset.Name}/{place}date={date:yyyy-MM-dd}/{log}-{partition}-{firstOffset:D12}-{lastOffset:D12}.parquet");
    }

    [GeneratedRegex(@"/date=\d{4}-\d\d-\d\d/[^/]+-\d+-\d{12,}-\d{12,}\.parquet$", RegexOptions.CultureInvariant)]
    private static partial Regex OurNames();

    private static string CopyStatement(Dataset dataset, string source, DataFile file, string path)
    {
        var columns = string.Join(", ", dataset.Columns.Select(column => $"\"{column.Name}\""));
        return string.Create(CultureInfo.InvariantCulture, $"""
            COPY (SELECT {columns} FROM {source} ORDER BY {Order}) TO {SqlText.Literal(path)} (
                FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, ROW_GROUP_SIZE {dataset.RowGroupRows},
                KV_METADATA {Metadata(dataset, file)})
            """);
    }

    /// <summary>So that a file explains itself without its path.</summary>
    private static string Metadata(Dataset dataset, DataFile file) =>
        $"{{dataset: {SqlText.Literal(dataset.Name)}, instrument: {SqlText.Literal(file.Instrument)}, schema: {SqlText.Literal(file.Schema)}, "
        + "units_exponent: '-8', units_columns: '*_e8'}";

    private static DataFile WithSpan(SqlSession session, string path, DataFile file)
    {
        using var command = session.Command($"""
            SELECT count(*), min(epoch_us(event_time) * 1000 + event_nanos), max(epoch_us(event_time) * 1000 + event_nanos)
            FROM read_parquet({SqlText.Literal(path)})
            """);
        using var row = command.ExecuteReader();
        row.Read();
        return file with { Rows = row.GetInt64(0), FirstTime = row.GetInt64(1), LastTime = row.GetInt64(2) };
    }
}
