using System.Text.Json;
using System.Text.Json.Nodes;
using BtcAgent.Storage.Secrets;

namespace BtcAgent.Storage.Tests.Secrets;

/// <summary>A sealed key opens only as it was written, for its owner, with its key-encryption key.</summary>
public sealed class SealedSecretTests : IDisposable
{
    private const string Owner = "binance-live";
    private static readonly byte[] Secret = "planted-secret"u8.ToArray();
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, 123, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-sealed-");
    private readonly KeyEncryptionKey _key = KeyEncryptionKey.Parse(new string('a', 64), "a test");

    private string File => Path.Combine(_folder.FullName, "venue.key");

    public void Dispose()
    {
        _key.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Open_AsSealed_ReturnsTheSecret_WhichTheFileDoesNotShow()
    {
        SealedSecret.Seal(Secret, Owner, "main", _key, Now).Save(File);

        var read = SealedSecret.Load(File);

        Assert.Equal(Secret, read.Open(Owner, _key, File));
        Assert.Equal(("main", Now.AddMilliseconds(-123), _key.Id), (read.Name, read.SealedAt, read.KeyId));
        var text = System.IO.File.ReadAllText(File);
        Assert.DoesNotContain("planted", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Secret)[..8], text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }

    [Fact]
    public void Seal_Twice_GivesOtherBytes() => Assert.NotEqual(
        SealedSecret.Seal(Secret, Owner, "main", _key, Now).Box, SealedSecret.Seal(Secret, Owner, "main", _key, Now).Box);

    [Fact]
    public void Open_AnotherKey_IsRefusedByItsId()
    {
        using var other = KeyEncryptionKey.Parse(new string('b', 64), "a test");
        var refusal = Assert.Throws<SecretException>(() => SealedSecret.Seal(Secret, Owner, "main", _key, Now).Open(Owner, other, File));

        Assert.Contains(_key.Id, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(other.Id, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--replace", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AnotherVenuesFile_IsRefused_AlsoWhenItIsRelabelled()
    {
        var testnet = SealedSecret.Seal(Secret, "binance-testnet", "main", _key, Now);

        Assert.Contains("is one of binance-testnet, not of binance-live", Refusal(() => testnet.Open(Owner, _key, File)), StringComparison.Ordinal);
        Assert.Contains("was changed", Refusal(() => (testnet with { Owner = Owner }).Open(Owner, _key, File)), StringComparison.Ordinal);
    }

    /// <summary>Every byte of the file, flipped: damaged, another envelope, or not the sealed bytes; never the secret.</summary>
    [Fact]
    public void Load_AnyByteFlipped_NeverOpens()
    {
        SealedSecret.Seal(Secret, Owner, "main", _key, Now).Save(File);
        var bytes = System.IO.File.ReadAllBytes(File);
        var harmless = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 1;
            System.IO.File.WriteAllBytes(File, changed);
            try
            {
                Assert.Equal(Secret, SealedSecret.Load(File).Open(Owner, _key, File));
                harmless++; // White space between members, which means nothing.
                Assert.True(char.IsWhiteSpace((char)bytes[i]), $"byte {i}, '{(char)bytes[i]}', does not matter");
            }
            catch (SecretException e)
            {
                Assert.DoesNotContain("planted", e.ToString(), StringComparison.Ordinal);
                Assert.DoesNotContain('\n', e.Message);
            }
        }

        Assert.InRange(harmless, 0, bytes.Count(b => char.IsWhiteSpace((char)b)));
    }

    [Fact]
    public void Load_Truncated_IsRefusedAtEveryLength()
    {
        SealedSecret.Seal(Secret, Owner, "main", _key, Now).Save(File);
        var bytes = System.IO.File.ReadAllBytes(File);
        for (var length = 0; length < bytes.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, bytes[..length]);
            Assert.Contains("is damaged or cut off", Refusal(() => SealedSecret.Load(File)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Load_NewerFormat_SaysWhichVersionReadsIt()
    {
        SealedSecret.Seal(Secret, Owner, "main", _key, Now).Save(File);
        var file = JsonNode.Parse(System.IO.File.ReadAllText(File))!;
        file["format"] = SealedSecret.Newest + 1;
        System.IO.File.WriteAllText(File, file.ToJsonString());

        Assert.Contains("has format 2", Refusal(() => SealedSecret.Load(File)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupWrite)]
    public void Load_OpenToOthers_IsRefusedWithTheCommandThatClosesIt(UnixFileMode mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the modes of files are those of Unix");
        SealedSecret.Seal(Secret, Owner, "main", _key, Now).Save(File);
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(File, mode);
        }

        Assert.Contains($"chmod 600 '{File}'", Refusal(() => SealedSecret.Load(File)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("planted")]
    [InlineData("plantedxplantedxplantedxplantedxplantedxplantedxplantedxplantedx")]
    [InlineData("planted+planted+planted+planted+planted+plan")]
    [InlineData("cGxhbnRlZHBsYW50ZWRwbGFudGVkcGxhbnRlZHBsYQ==")]
    public void Parse_NoKey_IsRefusedWithoutQuotingIt(string text)
    {
        var refusal = Refusal(() => KeyEncryptionKey.Parse(text, "a test"));

        Assert.Contains("openssl rand -base64 32", refusal, StringComparison.Ordinal);
        Assert.True(text.Length == 0 || !refusal.Contains(text, StringComparison.Ordinal), refusal);
    }

    [Fact]
    public void Parse_HexadecimalAndBase64_AreTheSameKey()
    {
        using var base64 = KeyEncryptionKey.Parse($" {Convert.ToBase64String(Convert.FromHexString(new string('a', 64)))}\n", "a test");

        Assert.Equal(_key.Id, base64.Id);
        Assert.DoesNotContain("aaaa", $"{base64}{JsonSerializer.Serialize(base64)}", StringComparison.Ordinal);
    }

    private static string Refusal(Action action) => Assert.Throws<SecretException>(action).Message;
}
