namespace BtcAgent.Storage.Backups;

/// <summary>
/// Files beside the databases that a backup contains: the configuration in force, whatever is in the folder <c>models</c>, and the looks at
/// untouched windows. Not the operator key, which a new start replaces, and not the history, which a restore leaves in place.
/// </summary>
internal static class BackupFiles
{
    /// <summary>Written by the agent at each start, without secrets.</summary>
    public const string Configuration = BackupArchive.ConfigurationFile;

    private const string Models = "models";

    /// <summary>Returns paths relative to the data folder, with <c>/</c>, in ordinal order.</summary>
    public static IEnumerable<string> Find(string dataFolder)
    {
        var models = Path.Combine(dataFolder, Models);
        var found = Directory.Exists(models) ? Directory.EnumerateFiles(models, "*", SearchOption.AllDirectories) : [];
        return found.Append(Path.Combine(dataFolder, Configuration)).Append(Path.Combine(dataFolder, BackupArchive.OpeningsFile))
            .Where(path => File.Exists(path) && !path.EndsWith(".part", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(dataFolder, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
    }
}
