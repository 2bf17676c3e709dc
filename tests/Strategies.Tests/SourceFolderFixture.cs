namespace BtcAgent.Strategies.Tests;

/// <summary>A temporary folder with sources.</summary>
internal sealed class SourceFolderFixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-strategies-");

    public string Path => _folder.FullName;

    /// <summary>A strategy with this constructor, fields and body of <c>OnBar</c>.</summary>
    public static string Source(
        string onBar = "return Flat(\"never\");", string parameters = "", string members = "", string save = "", string load = "", string name = "Tried") => $$"""
        public sealed class {{name}}({{parameters}}) : BarStrategy(60)
        {
            {{members}}
            protected override StrategySignal OnBar(in Bar bar)
            {
                {{onBar}}
            }
            protected override void SaveState(StateWriter writer) { {{save}} }
            protected override void LoadState(StateReader reader) { {{load}} }
        }
        """;

    public string Write(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
