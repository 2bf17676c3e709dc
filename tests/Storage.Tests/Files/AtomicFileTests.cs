using System.Text;
using BtcAgent.Storage.Files;

namespace BtcAgent.Storage.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-files-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Commit_ReplacesTheOldFile()
    {
        var path = In("deep/file.txt");
        AtomicFile.WriteAllBytes(path, "old"u8);
        AtomicFile.WriteAllBytes(path, "new"u8);

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Dispose_WithoutCommit_LeavesTheOldFileAndNothingElse()
    {
        var path = In("file.txt");
        AtomicFile.WriteAllBytes(path, "old"u8);
        using (var file = new AtomicFile(path))
        {
            file.Stream.Write("half of the n"u8);
        }

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void Folder_Write_ReplacesTheWholeFolder()
    {
        AtomicFolder.Write(In("model"), [("a", Encoding.UTF8.GetBytes("1")), ("b", Encoding.UTF8.GetBytes("2"))]);
        AtomicFolder.Write(In("model"), [("a", Encoding.UTF8.GetBytes("3"))]);

        Assert.Equal("3", File.ReadAllText(In("model/a")));
        Assert.False(File.Exists(In("model/b")));
        Assert.Single(Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public void Folder_WriteFails_LeavesTheOldOne()
    {
        AtomicFolder.Write(In("model"), [("a", Encoding.UTF8.GetBytes("1"))]);

        Assert.Throws<InvalidOperationException>(() => AtomicFolder.Write(In("model"), Failing()));

        Assert.Equal("1", File.ReadAllText(In("model/a")));
        Assert.Single(Directory.GetFileSystemEntries(_folder.FullName));

        static IEnumerable<(string, byte[])> Failing()
        {
            yield return ("a", [1]);
            throw new InvalidOperationException("interrupted");
        }
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
