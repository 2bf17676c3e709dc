using System.Text;

namespace BtcAgent.Strategies.Sources;

/// <summary>The text of one C# file.</summary>
/// <param name="File">Path for messages.</param>
/// <param name="Name">Path inside the strategy's folder, with <c>/</c>.</param>
/// <param name="Text">Text with LF line ends.</param>
public sealed record SourceFile(string File, string Name, string Text)
{
    /// <summary>Largest file: 1 MiB.</summary>
    private const int BytesMax = 1 << 20;

    /// <exception cref="StrategyException">The file is too large or cannot be read.</exception>
    public static SourceFile Read(string file, string name)
    {
        try
        {
            var length = new FileInfo(file).Length;
            return length <= BytesMax
                ? new SourceFile(file, name, System.IO.File.ReadAllText(file, Encoding.UTF8).ReplaceLineEndings("\n"))
                : throw new StrategyException($"{file} has {length} bytes, at most {BytesMax}: split it into files of one folder");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StrategyException($"{file} cannot be read: {e.Message}");
        }
    }
}
