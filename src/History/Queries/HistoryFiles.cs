using BtcAgent.History.Datasets;
using BtcAgent.History.Files;
using BtcAgent.Storage.Objects;

namespace BtcAgent.History.Queries;

/// <summary>The files of a history, as the manifests name them at one instant. Reading does not disturb the writer.</summary>
public sealed class HistoryFiles
{
    private readonly Func<DataFile, string> _pathOf;
    private readonly ObjectCache? _cache;
    private readonly Dictionary<string, Manifest> _manifests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HistoryException> _problems = new(StringComparer.Ordinal);

    private HistoryFiles(Func<DataFile, string> pathOf, ObjectCache? cache) => (_pathOf, _cache) = (pathOf, cache);

    /// <summary>The data sets, also those without files.</summary>
    public IReadOnlyList<Dataset> Datasets { get; } = HistoryDatasets.Create();

    /// <param name="folder">Folder of the history.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="HistoryException">There is no history in the folder.</exception>
    public static async Task<HistoryFiles> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new HistoryException($"there is no history in '{folder}': start the agent with this data folder first, or name another one");
        }

        using var store = new FolderObjectStore(folder);
        var files = new HistoryFiles(file => Path.Combine(folder, file.Key), null);
        await files.ReadManifestsAsync(store, cancellationToken);
        return files;
    }

    /// <param name="store">Store of the history.</param>
    /// <param name="cache">Copies of its files.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="HistoryException">There is no history in the store.</exception>
    /// <exception cref="ObjectStoreException">The store cannot be read.</exception>
    public static async Task<HistoryFiles> ReadAsync(IObjectStore store, ObjectCache cache, CancellationToken cancellationToken)
    {
        var files = new HistoryFiles(cache.PathOf, cache);
        await files.ReadManifestsAsync(store, cancellationToken);
        return files._manifests.Count + files._problems.Count > 0
            ? files
            : throw new HistoryException($"there is no history in {store.Place}: name the bucket and prefix of History:Parquet:Store");
    }

    private async Task ReadManifestsAsync(IObjectStore store, CancellationToken cancellationToken)
    {
        foreach (var dataset in Datasets)
        {
            var key = Manifest.KeyOf(dataset.Name);
            try
            {
                var json = await store.ReadBytesAsync(key, cancellationToken);
                var file = json is null ? await FileWriter.OursAsync(store, dataset.Name, cancellationToken).FirstOrDefaultAsync(cancellationToken) : null;
                if (file is not null)
                {
                    // The agent may have written the first manifest, and then the file, since.
                    json = await store.ReadBytesAsync(key, cancellationToken) ?? throw LostManifest.Of(dataset.Name, file, store.Place);
                }

                if (json is not null)
                {
                    _manifests.Add(dataset.Name, Manifest.Read(key, json));
                }
            }
            catch (HistoryException e)
            {
                _problems.Add(dataset.Name, e);
            }
        }
    }

    /// <summary>The data sets whose manifest is sound.</summary>
    public IEnumerable<Dataset> Readable => Datasets.Where(dataset => !_problems.ContainsKey(dataset.Name));

    /// <summary>Why a data set cannot be read, in one line; null when it can.</summary>
    public string? ProblemOf(Dataset dataset) => _problems.GetValueOrDefault(dataset.Name)?.Message;

    /// <summary>The manifest of a data set; an empty one where nothing is stored.</summary>
    /// <exception cref="HistoryException">It is damaged or lost: <see cref="ProblemOf"/>.</exception>
    public Manifest ManifestOf(Dataset dataset) => _problems.TryGetValue(dataset.Name, out var problem) ? throw new HistoryException(problem.Message, problem)
        : _manifests.TryGetValue(dataset.Name, out var manifest) ? manifest
        : new Manifest { Dataset = dataset.Name };

    public string PathOf(DataFile file) => _pathOf(file);

    /// <summary>Makes sure that files are at their path: those of a store are copied.</summary>
    /// <returns>False when one is gone: read the manifests again.</returns>
    public Task<bool> FetchAsync(IReadOnlyCollection<DataFile> files, CancellationToken cancellationToken) =>
        _cache is null ? Task.FromResult(true) : _cache.FetchAsync(files, cancellationToken);

    /// <exception cref="HistoryException">There is no such data set; the message lists them.</exception>
    public Dataset Find(string name) => Datasets.FirstOrDefault(dataset => dataset.Name == name)
        ?? throw new HistoryException($"there is no data set '{name}': known are {string.Join(", ", Datasets.Select(dataset => dataset.Name))}");
}
