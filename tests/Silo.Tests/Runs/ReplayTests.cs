using System.IO.Compression;
using System.Text;
using System.Text.Json;
using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Runs;

/// <summary>Replays run to their end and write a summary.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-replay-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task RunAsync_RecordedTapes_SummaryHoldsTheKnownCounts()
    {
        var first = await RunAsync(
            RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz"), RecordedData.Require("ws-spot-2024/spot_btcusdt_20240809.gz"));

        Assert.Equal(19_904, first.GetProperty("trades").GetInt64());
        Assert.Equal(6_495, first.GetProperty("depthUpdates").GetInt64());
        Assert.Equal(0, first.GetProperty("bookGaps").GetInt64());
        Assert.Equal(6_493, first.GetProperty("topComparable").GetInt64());
        Assert.True(first.GetProperty("topMatches").GetInt64() >= 6_491);
        Assert.Equal(650, first.GetProperty("featureVectors").GetInt64());
        Assert.Equal(650, first.GetProperty("decisions").GetInt64());
        Assert.True(first.GetProperty("orders").GetInt64() > 0);
        Assert.True(first.GetProperty("fills").GetInt64() >= first.GetProperty("orders").GetInt64());
        Assert.True(first.GetProperty("latency").GetProperty("tickToOrder").GetProperty("p99Ms").GetDouble() > 0);
    }

    [Fact]
    public async Task RunAsync_SameTapeTwice_SameDecisionsHash()
    {
        var tape = RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz");
        var hashes = new List<string?>();
        for (var run = 0; run < 2; run++)
        {
            hashes.Add((await RunAsync(tape)).GetProperty("decisionsHash").GetString());
        }

        Assert.Equal(hashes[0], hashes[1]);
        Assert.Equal(64, hashes[0]!.Length);
    }

    [Fact]
    public async Task RunAsync_HostileFrames_AreCountedAndTheRestIsPlayed()
    {
        var tape = Path.Combine(_folder.FullName, "hostile.gz");
        using (var gzip = new GZipStream(File.Create(tape), CompressionLevel.Fastest))
        {
            var time = 1_723_161_253_000_000_000;
            string[] frames =
            [
                Trade(1, "61000.00000000", "0.50000000", 1_723_161_253_000),
                "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":17231612",
                "{\"stream\":\"btcusdt@moon\",\"data\":{\"e\":\"moon\"}}",
                Trade(2, "61000.000000001", "0.50000000", 1_723_161_253_100),
                Trade(3, "61000.00000000", "-0.50000000", 1_723_161_253_200),
                Trade(4, "61001.00000000", "0.10000000", 1_723_161_254_300),
            ];
            foreach (var frame in frames)
            {
                gzip.Write(Encoding.UTF8.GetBytes($"{time} {frame}\n"));
                time += 100_000_000;
            }

            gzip.Write("no time at all\n"u8);
        }

        var summary = await RunAsync(tape);
        Assert.Equal(2, summary.GetProperty("trades").GetInt64());
        Assert.Equal(5, summary.GetProperty("framesRefused").GetInt64());
    }

    [Fact]
    public async Task RunAsync_NotATape_FailsAndNamesTheFile()
    {
        var tape = Path.Combine(_folder.FullName, "plain.txt");
        await File.WriteAllTextAsync(tape, "this is not gzip", TestContext.Current.CancellationToken);
        var summary = Path.Combine(_folder.FullName, "summary.json");

        Assert.Equal(ExitCodes.Failed, await AgentHost.RunAsync(Settings(summary, tape), TestContext.Current.CancellationToken));
        Assert.False(File.Exists(summary));
    }

    private static string Trade(long id, string price, string quantity, long timeMs) =>
        $$$"""{"stream":"btcusdt@trade","data":{"e":"trade","E":{{{timeMs}}},"s":"BTCUSDT","t":{{{id}}},"p":"{{{price}}}","q":"{{{quantity}}}","T":{{{timeMs}}},"m":true,"M":true}}""";

    private async Task<JsonElement> RunAsync(params string[] tapes)
    {
        var file = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.json");
        var exitCode = await AgentHost.RunAsync(Settings(file, tapes), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.Equal(ExitCodes.Ok, exitCode);
        return JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).RootElement;
    }

    private AgentSettings Settings(string summary, params string[] tapes) => new()
    {
        Venue = VenueKind.Replay,
        Tapes = [.. tapes],
        Speed = 0,
        Port = 0,
        DataFolder = _folder.FullName,
        SummaryFile = summary,
        Overrides =
        [
            new("Logging:LogLevel:Default", "Error"),
            new("Agent:Strategies:0:Fallback", "flow-momentum"),
            new("Agent:Placement:TakerFeeBps", "0"), // Its moves are below Binance's fees.
        ],
    };
}
