using BtcAgent.Storage.Secrets;

namespace BtcAgent.Storage.Tests.Secrets;

/// <summary>The key-encryption key from a file and from commands that work, fail, hang or talk too much.</summary>
public sealed class KeySourceTests : IDisposable
{
    private const string Key = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-keks-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Open_ClosedFile_GivesItsKey()
    {
        using var key = await OpenAsync(new KeySource(Write("kek", Key, UnixFileMode.UserRead), [], null, Long));
        using var same = KeyEncryptionKey.Parse(Key, "a test");

        Assert.Equal(same.Id, key.Id);
    }

    [Fact]
    public async Task Open_OpenFile_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the modes of files are those of Unix");

        Assert.Contains("is open to other users (mode 404)", await RefusalAsync(
            new KeySource(Write("kek", Key, UnixFileMode.UserRead | UnixFileMode.OtherRead), [], null, Long)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_NoSourceOrTwo_IsRefused()
    {
        Assert.Contains("no key-encryption key is given", await RefusalAsync(new KeySource(null, [], null, Long)), StringComparison.Ordinal);
        Assert.Contains("is given 2 times", await RefusalAsync(new KeySource("kek", ["true"], null, Long)), StringComparison.Ordinal);
        Assert.Contains("cannot be read", await RefusalAsync(new KeySource(Path.Combine(_folder.FullName, "none"), [], null, Long)), StringComparison.Ordinal);
    }

    /// <summary>The arguments reach the program as they are: no shell reads them.</summary>
    [Fact]
    public async Task Open_Command_PrintsOrUnwrapsTheKey()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the programs are those of Unix");
        var wrapped = Write("wrapped", Key.Replace('a', 'b'), UnixFileMode.UserRead);

        using var printed = await OpenAsync(new KeySource(null, ["printf", "%s", Key], null, Long));
        using var unwrapped = await OpenAsync(new KeySource(null, ["tr", "b", "a"], wrapped, Long));

        Assert.Equal(printed.Id, unwrapped.Id);
        Assert.Contains("has 8 characters", await RefusalAsync(new KeySource(null, ["echo", "$(id -u)"], null, Long)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("printed more than 1024 bytes", "cat", "/dev/zero")]
    [InlineData("ended with exit code 3", "sh", "-c", "echo planted-secret; echo planted-secret >&2; exit 3")]
    [InlineData("cannot be started", "/nowhere/kms")]
    [InlineData("has 0 characters", "true")]
    public async Task Open_BadCommand_IsRefusedWithoutItsOutput(string expected, params string[] command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the programs are those of Unix");

        var refusal = await RefusalAsync(new KeySource(null, command, null, Long));

        Assert.Contains(expected, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("planted-secret", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_CommandThatHangs_IsEnded()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the programs are those of Unix");
        var pid = Path.Combine(_folder.FullName, "pid");

        var refusal = await RefusalAsync(new KeySource(null, ["sh", "-c", $"echo $$ >'{pid}'; exec sleep 600"], null, TimeSpan.FromSeconds(1)));

        Assert.Contains("did not end within 1 s", refusal, StringComparison.Ordinal);
        await BtcAgent.Testing.Eventually.TrueAsync(
            "the command has ended", () => Task.FromResult(!Directory.Exists($"/proc/{File.ReadAllText(pid).Trim()}")), TimeSpan.FromSeconds(30));
    }

    /// <summary>Settings of the agent, which may be secrets, are not passed on.</summary>
    [Fact]
    public async Task Open_Command_DoesNotInheritTheAgentsSettings()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the programs are those of Unix");
        const string Name = "BinanceTrading__SecretKeyOfATest";
        Environment.SetEnvironmentVariable(Name, "planted-secret");
        try
        {
            using var key = await OpenAsync(new KeySource(null, ["sh", "-c", $"test -z \"${Name}\" && test -n \"$PATH\" && echo {Key}"], null, Long));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Name, null);
        }
    }

    private string Write(string name, string text, UnixFileMode mode)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }

        return path;
    }

    private static Task<KeyEncryptionKey> OpenAsync(KeySource source) => source.OpenAsync(TestContext.Current.CancellationToken);

    private static async Task<string> RefusalAsync(KeySource source) =>
        (await Assert.ThrowsAsync<SecretException>(() => OpenAsync(source))).Message;
}
