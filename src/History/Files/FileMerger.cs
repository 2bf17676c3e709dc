using BtcAgent.History.Datasets;
using BtcAgent.History.Sql;
using BtcAgent.Storage.Objects;

namespace BtcAgent.History.Files;

/// <summary>Merges files of a data set into one. Sorting needs a bounded amount of memory: the rest is on disk meanwhile.</summary>
internal sealed class FileMerger(IObjectStore store, FileWriter writer, int memoryMb, string workFolder)
{
    /// <summary>A backup of the agent has no history.</summary>
    public const string Remedy = "put back a copy of it; without one its facts are lost";

    /// <param name="dataset">The data set.</param>
    /// <param name="files">Files of one instrument, day, log and partition, ascending by offset.</param>
    /// <param name="cancellationToken">Ends the merge; nothing has changed then.</param>
    /// <exception cref="DamagedFileException">A file is missing or damaged.</exception>
    public async Task<DataFile> MergeAsync(Dataset dataset, IReadOnlyList<DataFile> files, CancellationToken cancellationToken)
    {
        List<string> paths = [];
        try
        {
            foreach (var file in files)
            {
                var path = writer.PathOf($"in~{file.Key}");
                paths.Add(path);
                await FetchAsync(file, path, cancellationToken);
            }

            var (first, last) = (files[0], files[^1]);
            var described = writer.Describe(
                dataset, first.Instrument, first.Date, first.Log, first.Partition, first.FirstOffset, files.Max(file => file.LastOffset)) with
            {
                StoredAt = files.Max(file => file.StoredAt),
                Level = files.Max(file => file.Level) + 1,
            };
            using var session = new SqlSession(memoryMb, threads: 1, spillFolder: workFolder);
            var merged = await writer.WriteAsync(session, dataset, $"read_parquet({SqlText.List(paths)}, union_by_name = true)", described, cancellationToken);
            var expected = files.Sum(file => file.Rows);
            return merged.Rows == expected
                ? merged
                : throw new DamagedFileException(last.Key, $"merging {files.Count} files up to '{last.Key}' gave {merged.Rows} rows instead of {expected}");
        }
        finally
        {
            paths.ForEach(File.Delete);
        }
    }

    private async Task FetchAsync(DataFile file, string path, CancellationToken cancellationToken)
    {
        await using var from = await store.OpenAsync(file.Key, cancellationToken)
            ?? throw new DamagedFileException(file.Key, $"'{file.Key}' is missing in {store.Place}: {Remedy}");
        await using var to = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, useAsync: false);
        await from.CopyToAsync(to, cancellationToken);
        to.Position = 0;
        if (await FileHash.OfAsync(to, cancellationToken) != file.Sha256)
        {
            throw new DamagedFileException(file.Key, $"'{file.Key}' in {store.Place} is damaged: its SHA-256 is not that of the manifest; {Remedy}");
        }
    }
}
