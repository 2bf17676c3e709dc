using BtcAgent.History.Datasets;
using BtcAgent.History.Files;
using BtcAgent.Storage.Objects;

namespace BtcAgent.History.Queries;

/// <summary>The files of a history, as the manifests name them at one instant. Reading does not disturb the writer.</summary>
public sealed class HistoryFiles
{
    private readonly Func<DataFile, string> _pathOf;
    private readonly ObjectCache? _cache;
    private readonly Dictionary<string, Manifest> _manifests;

    private HistoryFiles(Func<DataFile, string> pathOf, ObjectCache? cache, Dictionary<string, Manifest> manifests) =>
        (_pathOf, _cache, _manifests) = (pathOf, cache, manifests);

    /// <summary>The data sets, also those without files.</summary>
    public IReadOnlyList<Dataset> Datasets { get; } = HistoryDatasets.Create();

    /// <param name="folder">Folder of the history.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="HistoryException">There is no history in the folder, or a manifest is damaged.</exception>
    public static async Task<HistoryFiles> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new HistoryException($"there is no history in '{folder}': start the agent with this data folder first, or name another one");
        }

        using var store = new FolderObjectStore(folder);
        return new HistoryFiles(file => Path.Combine(folder, file.Key), null, await ManifestsAsync(store, cancellationToken));
    }

    /// <param name="store">Store of the history.</param>
    /// <param name="cache">Copies of its files.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="HistoryException">There is no history in the store, or a manifest is damaged.</exception>
    /// <exception cref="ObjectStoreException">The store cannot be read.</exception>
    public static async Task<HistoryFiles> ReadAsync(IObjectStore store, ObjectCache cache, CancellationToken cancellationToken)
    {
        var manifests = await ManifestsAsync(store, cancellationToken);
        return manifests.Count > 0
            ? new HistoryFiles(cache.PathOf, cache, manifests)
            : throw new HistoryException($"there is no history in {store.Place}: name the bucket and prefix of History:Parquet:Store");
    }

    private static async Task<Dictionary<string, Manifest>> ManifestsAsync(IObjectStore store, CancellationToken cancellationToken)
    {
        Dictionary<string, Manifest> manifests = new(StringComparer.Ordinal);
        foreach (var dataset in HistoryDatasets.Create())
        {
            var key = Manifest.KeyOf(dataset.Name);
            if (await store.ReadBytesAsync(key, cancellationToken) is { } json)
            {
                manifests.Add(dataset.Name, Manifest.Read(key, json));
            }
        }

        return manifests;
    }

    /// <summary>The manifest of a data set; an empty one where nothing is stored.</summary>
    public Manifest ManifestOf(Dataset dataset) =>
        _manifests.TryGetValue(dataset.Name, out var manifest) ? manifest : new Manifest { Dataset = dataset.Name };

    public string PathOf(DataFile file) => _pathOf(file);

    /// <summary>Makes sure that files are at their path: those of a store are copied.</summary>
    /// <returns>False when one is gone: read the manifests again.</returns>
    public Task<bool> FetchAsync(IReadOnlyCollection<DataFile> files, CancellationToken cancellationToken) =>
        _cache is null ? Task.FromResult(true) : _cache.FetchAsync(files, cancellationToken);

    /// <exception cref="HistoryException">There is no such data set; the message lists them.</exception>
    public Dataset Find(string name) => Datasets.FirstOrDefault(dataset => dataset.Name == name)
        ?? throw new HistoryException($"there is no data set '{name}': known are {string.Join(", ", Datasets.Select(dataset => dataset.Name))}");
}
