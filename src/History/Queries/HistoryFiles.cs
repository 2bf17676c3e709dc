using BtcAgent.History.Datasets;
using BtcAgent.History.Files;
using BtcAgent.Storage.Objects;

namespace BtcAgent.History.Queries;

/// <summary>The files of a history in a folder, as the manifests name them at one instant. Reading does not disturb the writer.</summary>
public sealed class HistoryFiles
{
    private readonly string _folder;
    private readonly Dictionary<string, Manifest> _manifests;

    private HistoryFiles(string folder, Dictionary<string, Manifest> manifests) => (_folder, _manifests) = (folder, manifests);

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
        Dictionary<string, Manifest> manifests = new(StringComparer.Ordinal);
        foreach (var dataset in HistoryDatasets.Create())
        {
            var key = Manifest.KeyOf(dataset.Name);
            if (await store.ReadBytesAsync(key, cancellationToken) is { } json)
            {
                manifests.Add(dataset.Name, Manifest.Read(key, json));
            }
        }

        return new HistoryFiles(folder, manifests);
    }

    /// <summary>The manifest of a data set; an empty one where nothing is stored.</summary>
    public Manifest ManifestOf(Dataset dataset) =>
        _manifests.TryGetValue(dataset.Name, out var manifest) ? manifest : new Manifest { Dataset = dataset.Name };

    public string PathOf(DataFile file) => Path.Combine(_folder, file.Key);

    /// <exception cref="HistoryException">There is no such data set; the message lists them.</exception>
    public Dataset Find(string name) => Datasets.FirstOrDefault(dataset => dataset.Name == name)
        ?? throw new HistoryException($"there is no data set '{name}': known are {string.Join(", ", Datasets.Select(dataset => dataset.Name))}");
}
