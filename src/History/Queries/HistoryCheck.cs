using BtcAgent.History.Datasets;
using BtcAgent.History.Files;
using BtcAgent.History.Sql;
using DuckDB.NET.Data;

namespace BtcAgent.History.Queries;

/// <summary>Compares the files of a history with their manifests.</summary>
public static class HistoryCheck
{
    private const int MemoryMb = 256;

    /// <summary>Returns a line for each manifest that is damaged or lost, and for each file that is missing, damaged or not as described.</summary>
    /// <param name="files">The files.</param>
    /// <param name="datasets">The data sets to check.</param>
    /// <param name="progress">Receives the number of files checked.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public static async Task<IReadOnlyList<string>> RunAsync(
        HistoryFiles files, IReadOnlyCollection<Dataset> datasets, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        List<string> problems = [];
        var checkedFiles = 0;
        using var session = new SqlSession(MemoryMb, threads: 1, spillFolder: null);
        problems.AddRange(datasets.Select(files.ProblemOf).OfType<string>());
        foreach (var dataset in datasets.Where(dataset => files.ProblemOf(dataset) is null))
        {
            foreach (var file in files.ManifestOf(dataset).Files)
            {
                if (await ProblemOfAsync(session, dataset, file, files.PathOf(file), cancellationToken) is { } problem)
                {
                    problems.Add($"{file.Key}: {problem}");
                }

                progress?.Report(++checkedFiles);
            }
        }

        return problems;
    }

    private static async Task<string?> ProblemOfAsync(SqlSession session, Dataset dataset, DataFile file, string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return $"the file is missing: {FileMerger.Remedy}";
        }

        await using (var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, useAsync: false))
        {
            if (content.Length != file.Bytes)
            {
                return $"it has {content.Length} bytes instead of {file.Bytes}: {FileMerger.Remedy}";
            }

            if (await FileHash.OfAsync(content, cancellationToken) is var hash && hash != file.Sha256)
            {
                return $"its SHA-256 is {hash} instead of {file.Sha256}: {FileMerger.Remedy}";
            }
        }

        try
        {
            return ProblemOfContent(session, dataset, file, path);
        }
        catch (DuckDBException e)
        {
            return $"it is not readable as Parquet ({e.Message.Split('\n', 2)[0].Trim()}): {FileMerger.Remedy}";
        }
    }

    private static string? ProblemOfContent(SqlSession session, Dataset dataset, DataFile file, string path)
    {
        using var counting = session.Command($"SELECT count(*), count(DISTINCT (fact_partition, fact_offset, fact_row)) FROM read_parquet({SqlText.Literal(path)})");
        using (var row = counting.ExecuteReader())
        {
            row.Read();
            if (row.GetInt64(0) != file.Rows)
            {
                return $"it has {row.GetInt64(0)} rows instead of {file.Rows}: {FileMerger.Remedy}";
            }

            if (row.GetInt64(1) != file.Rows)
            {
                return $"{row.GetInt64(0) - row.GetInt64(1)} of its rows are there twice: {FileMerger.Remedy}";
            }
        }

        if (file.Schema != dataset.SchemaHash)
        {
            return null; // Of another version, whose columns only that version knows.
        }

        using var describing = session.Command($"SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet({SqlText.Literal(path)}, hive_partitioning = false))");
        using var names = describing.ExecuteReader();
        List<string> found = [];
        while (names.Read())
        {
            found.Add(names.GetString(0));
        }

        return found.SequenceEqual(dataset.Columns.Select(column => column.Name)) ? null : $"its columns are {string.Join(", ", found)}: {FileMerger.Remedy}";
    }
}
