using BtcAgent.Storage.Secrets;
using BtcAgent.Testing;

namespace BtcAgent.Storage.Tests.Secrets;

/// <summary>A sealed key of an earlier version opens, and is written the same.</summary>
public sealed class GoldenSealedSecretTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-golden-key-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Load_GoldenFile_OpensAndIsWrittenTheSame()
    {
        using var key = KeyEncryptionKey.Parse(new string('a', 64), "a test");
        var golden = Path.Combine(GoldenFile.Folder, "SealedSecret.json");
        var file = Path.Combine(_folder.FullName, "venue.key");
        if (GoldenFile.IsWriting)
        {
            var made = SealedSecret.Seal("api\nsecret"u8, "binance-live", "main", key, new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
            made.Save(file);
        }
        else
        {
            // The modes of checked-out files are not ours.
            File.WriteAllText(file, File.ReadAllText(golden));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }

        var read = SealedSecret.Load(file);
        Assert.Equal("api\nsecret"u8.ToArray(), read.Open("binance-live", key, file));
        read.Save(file);
        GoldenFile.Check("SealedSecret.json", File.ReadAllText(file));
    }
}
