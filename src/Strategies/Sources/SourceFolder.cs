using System.Collections.Immutable;

namespace BtcAgent.Strategies.Sources;

/// <summary>A folder of strategies: each <c>.cs</c> file in it is one, and each folder in it that contains <c>.cs</c> files.</summary>
public static class SourceFolder
{
    /// <summary>Most strategies of a folder.</summary>
    private const int SourcesMax = 200;

    /// <exception cref="StrategyException">The folder does not exist, or has too many strategies.</exception>
    public static ImmutableArray<StrategySource> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new StrategyException(
                $"there is no folder '{Path.GetFullPath(folder)}' with strategies: create one with 'btcagent strategy new NAME --dir {folder}'");
        }

        string[] paths =
        [
            .. Directory.EnumerateFiles(folder, "*.cs"),
            .. Directory.EnumerateDirectories(folder)
                .Where(path => !IsBuildOutput(Path.GetFileName(path)) && Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories).Any()),
        ];
        return paths.Length <= SourcesMax
            ? [.. paths.Order(StringComparer.Ordinal).Select(StrategySource.Read)]
            : throw new StrategyException($"folder '{folder}' contains {paths.Length} strategies, at most {SourcesMax}: use several folders");
    }

    /// <summary>Folders that editors and builds write.</summary>
    internal static bool IsBuildOutput(string name) => name is "bin" or "obj" || name.StartsWith('.');
}
