using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using BtcAgent.History.Files;
using BtcAgent.Testing;

namespace BtcAgent.History.Tests.Files;

public sealed class ManifestGoldenTests
{
    private static readonly Manifest Known = new()
    {
        Dataset = "trades",
        Epoch = 3,
        Checkpoints = ImmutableSortedDictionary<string, long>.Empty.Add("local-1f0c/market_data/0", 200),
        Lost = [new LostRange("local-1f0c/market_data/0", 120, 150)],
        Files =
        [
            new DataFile
            {
                Key = "dataset=trades/instrument=BINANCE_BTCUSDT/date=2026-11-29/local-1f0c-0-000000000000-000000000199.parquet",
                Instrument = "BINANCE:BTCUSDT",
                Date = new DateOnly(2026, 11, 29),
                Log = "local-1f0c",
                Partition = 0,
                FirstOffset = 0,
                LastOffset = 199,
                Rows = 4_000,
                Bytes = 61_234,
                FirstTime = 1_795_910_400_000_000_001,
                LastTime = 1_795_914_000_000_000_000,
                Sha256 = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                Schema = "0123456789abcdef",
                StoredAt = new DateTimeOffset(2026, 11, 29, 1, 2, 3, TimeSpan.Zero),
                Level = 1,
            },
        ],
    };

    [Fact]
    public void Golden_Manifest_HasItsShapeAndIsReadBack()
    {
        var json = Known.ToJson();
        GoldenFile.Check("Manifest.json", JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement, new JsonSerializerOptions { WriteIndented = true }));
        var read = Manifest.Read(Manifest.KeyOf("trades"), json);
        Assert.Equal(Known.Files.AsEnumerable(), read.Files);
        Assert.Equal(Known.Checkpoints.AsEnumerable(), read.Checkpoints);
        Assert.Equal(Known.Lost.AsEnumerable(), read.Lost);
    }

    [Theory]
    [InlineData("{", "'a/manifest.json' is damaged")]
    [InlineData("null", "'a/manifest.json' is damaged")]
    [InlineData("""{"version":2,"dataset":"trades"}""", "has version 2, this program reads up to 1: use a newer program")]
    public void Read_NotAManifest_SaysWhyAndWhere(string json, string expected)
    {
        var e = Assert.Throws<HistoryException>(() => Manifest.Read("a/manifest.json", Encoding.UTF8.GetBytes(json)));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }
}
