using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Strategies.Sources;

/// <summary>One strategy's source: a file, or a folder of files that are compiled together.</summary>
public sealed class StrategySource
{
    private StrategySource(string path, ImmutableArray<SourceFile> files)
    {
        Path = path;
        Files = files;
        Hash = HashOf(files);
    }

    /// <summary>File or folder.</summary>
    public string Path { get; }

    /// <summary>Texts with LF line ends, ordered by name.</summary>
    public ImmutableArray<SourceFile> Files { get; }

    /// <summary>SHA-256 of names and texts, lower-case hexadecimal; line ends and a byte order mark do not change it.</summary>
    public string Hash { get; }

    /// <summary>Reads a file or a folder with C# files.</summary>
    /// <exception cref="StrategyException">There is no such file or folder, or it is too large.</exception>
    public static StrategySource Read(string path)
    {
        if (File.Exists(path))
        {
            return new StrategySource(path, [SourceFile.Read(path, System.IO.Path.GetFileName(path))]);
        }

        if (!Directory.Exists(path))
        {
            throw new StrategyException($"there is no strategy '{path}': give a .cs file or a folder of them");
        }

        ImmutableArray<SourceFile> files =
        [
            .. Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)
                .Select(file => (File: file, Name: System.IO.Path.GetRelativePath(path, file).Replace('\\', '/')))
                .Where(file => !file.Name.Split('/').Any(SourceFolder.IsBuildOutput))
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => SourceFile.Read(file.File, file.Name)),
        ];
        return files.IsEmpty
            ? throw new StrategyException($"folder '{path}' contains no .cs file")
            : new StrategySource(path, files);
    }

    private static string HashOf(ImmutableArray<SourceFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            // A name cannot contain a zero, and the length of each text precedes it: no two sets of files are the same bytes.
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Name}\0{file.Text.Length}\0{file.Text}"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
