namespace BtcAgent.History.Files;

/// <summary>A data set has files but no manifest: they may be a history whose manifest was lost, so none of them is deleted or read.</summary>
internal static class LostManifest
{
    /// <param name="dataset">Name of the data set.</param>
    /// <param name="key">Key of one of its files.</param>
    /// <param name="place">Where the history is.</param>
    public static HistoryException Of(string dataset, string key, string place) => new(
        $"the history in {place} has files such as '{key}' but no '{Manifest.KeyOf(dataset)}': {Manifest.RemedyOf(dataset)}");
}
