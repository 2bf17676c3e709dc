using BtcAgent.Client.Operators;

namespace BtcAgent.Client.Tests.Operators;

public sealed class OperatorKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-key-");

    private string KeyFile => Path.Combine(_folder.FullName, OperatorKey.FileName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Open_FirstTime_MakesAKeyThatOnlyTheOwnerReads()
    {
        var key = OperatorKey.Open(_folder.FullName);

        Assert.Equal(43, key.Text.Length);
        Assert.Equal(key.Text, File.ReadAllText(KeyFile));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        }
    }

    [Fact]
    public void Open_Again_ReadsTheSameKeyAndSaysThatItIsNotNew()
    {
        var first = OperatorKey.Open(_folder.FullName);
        var second = OperatorKey.Open(_folder.FullName);
        Assert.Equal(first.Text, second.Text);
        Assert.Equal((true, false), (first.IsNew, second.IsNew));
    }

    [Fact]
    public void Open_WrittenInPartBeforeACrash_MakesAKey()
    {
        File.WriteAllText(KeyFile + ".part", "AAAA");

        Assert.Equal(43, OperatorKey.Open(_folder.FullName).Text.Length);
        Assert.Equal([KeyFile], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public async Task Open_WhileAnotherLooks_IsSeenWholeOrNotAtAll()
    {
        for (var i = 0; i < 50; i++)
        {
            File.Delete(KeyFile);
            var look = Task.Run(() => SpinWait.SpinUntil(() => File.Exists(KeyFile), TimeSpan.FromSeconds(10)) ? File.ReadAllText(KeyFile) : "none");
            var key = OperatorKey.Open(_folder.FullName);
            Assert.Equal(key.Text, await look);
        }
    }

    [Fact]
    public void Open_OtherFolder_MakesAnotherKey()
    {
        var other = _folder.CreateSubdirectory("other");
        Assert.NotEqual(OperatorKey.Open(_folder.FullName).Text, OperatorKey.Open(other.FullName).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Open_DamagedFile_SaysHowToMendItAndKeepsIt(string content)
    {
        File.WriteAllText(KeyFile, content);

        var refusal = Assert.Throws<OperatorKeyException>(() => OperatorKey.Open(_folder.FullName));
        Assert.Contains(KeyFile, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("delete it", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(KeyFile));
    }

    [Fact]
    public void Open_NoFolder_SaysWhichFile()
    {
        var missing = Path.Combine(_folder.FullName, "missing");
        var refusal = Assert.Throws<OperatorKeyException>(() => OperatorKey.Open(missing));
        Assert.Contains(missing, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Matches_OnlyTheKeyItself()
    {
        var key = OperatorKey.Open(_folder.FullName);

        Assert.True(key.Matches(key.Text));
        Assert.False(key.Matches(null));
        Assert.False(key.Matches(""));
        Assert.False(key.Matches(key.Text[..^1]));
        Assert.False(key.Matches(key.Text + "A"));
    }
}
