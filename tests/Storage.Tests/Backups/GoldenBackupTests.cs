using System.Text.Json;
using BtcAgent.Storage.Backups;
using BtcAgent.Testing;

namespace BtcAgent.Storage.Tests.Backups;

/// <summary>The JSON in a backup, which later versions must read.</summary>
public sealed class GoldenBackupTests
{
    private static readonly JsonSerializerOptions Indented = new(BackupWriter.Json) { WriteIndented = true };

    [Fact]
    public void Header_HasTheGoldenShape() => Check(new BackupHeader(
        1, "0.1.0", new DateTimeOffset(2026, 11, 29, 9, 0, 0, TimeSpan.Zero), "pbkdf2-sha512", 210_000, "c2FsdA==", "0011223344556677"));

    [Fact]
    public void Manifest_HasTheGoldenShape() => Check(new BackupManifest(
        new DateTimeOffset(2026, 11, 29, 9, 0, 0, TimeSpan.Zero), [new BackupPart("state.db", 20_480, "0F1E")]));

    private static void Check<T>(T value)
    {
        var text = JsonSerializer.Serialize(value, Indented);
        GoldenFile.Check($"{typeof(T).Name}.json", text);
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<T>(text, Indented), Indented));
    }
}
