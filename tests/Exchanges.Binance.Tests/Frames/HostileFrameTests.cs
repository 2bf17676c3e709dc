using System.IO.Compression;
using System.Text;

namespace BtcAgent.Exchanges.Binance.Tests.Frames;

/// <summary>Any input is parsed, or refused with a reason; never an exception.</summary>
public sealed class HostileFrameTests
{
    private const int MutationRounds = 60_000;
    private const int Seed = 20240808;
    private readonly BinanceFrameParser _parser = new("BTCUSDT");

    [Fact]
    public void Parse_FrameCutAtEveryByte_IsRefused()
    {
        foreach (var sample in Samples.All)
        {
            var frame = Samples.Bytes(sample);
            var loose = Samples.InAnotherLayout(frame);
            for (var length = 0; length < frame.Length; length++)
            {
                Assert.Equal(FrameOutcome.Malformed, Parse(frame.AsSpan(0, length)));
                Assert.Equal(FrameOutcome.Malformed, Parse(loose.AsSpan(0, length + 1)));
                Assert.NotEmpty(_parser.Reason);
            }
        }
    }

    [Fact]
    public void Parse_MutatedFrames_NeverThrowsAndBothLayoutsAgree()
    {
        var random = new Random(Seed);
        for (var round = 0; round < MutationRounds; round++)
        {
            var frame = Mutate(Samples.Bytes(Samples.All[random.Next(Samples.All.Count)]), random);
            var outcome = _parser.Parse(frame, new Timestamp(1), 1, out var marketEvent);
            var levels = _parser.Levels.ToArray();
            if (outcome == FrameOutcome.Event)
            {
                var again = _parser.Parse(Samples.InAnotherLayout(frame), new Timestamp(1), 1, out var same);
                Assert.True(
                    again == outcome && same == marketEvent && _parser.Levels.SequenceEqual(levels),
                    $"seed {Seed} round {round}: the layouts disagree on {Encoding.UTF8.GetString(frame)}");
            }
        }
    }

    [Theory]
    [InlineData("json-cryptofeed")]
    [InlineData("json-nautilus")]
    [InlineData("json-binancenet")]
    [InlineData("json-errors-recorded")]
    [InlineData("json-userdata-recorded")]
    public void Parse_RecordedPayloads_AreReadOrRefused(string folder)
    {
        var outcomes = new Dictionary<FrameOutcome, int>();
        foreach (var payload in Directory.EnumerateFiles(RecordedData.Require(folder), "*", SearchOption.AllDirectories)
            .SelectMany(Payloads))
        {
            var outcome = Parse(payload);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            if (outcome >= FrameOutcome.Unknown)
            {
                Assert.StartsWith("Binance frame", _parser.Reason);
            }
        }

        Assert.NotEmpty(outcomes);
    }

    [Fact]
    public void Parse_RecordedStreams_ReadsEveryKnownKind()
    {
        var lines = Directory.EnumerateFiles(RecordedData.Require("json-cryptofeed"), "*ws*").SelectMany(Lines)
            .Where(line => line.Contains(": {\"stream\"")).ToArray();
        var read = 0;
        foreach (var line in lines)
        {
            var json = line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..];
            var symbol = json.Split("\"s\":\"") is [_, var rest, ..] ? rest[..rest.IndexOf('"')] : "BTCUSDT";
            var parser = new BinanceFrameParser(symbol);
            var outcome = parser.Parse(Samples.Bytes(json), new Timestamp(1), 1, out _);
            if (outcome is FrameOutcome.Event or FrameOutcome.Kline)
            {
                read++;
            }
            else
            {
                Assert.Contains("event type \"aggTrade\"", parser.Reason);
            }
        }

        Assert.InRange(read, lines.Length / 2, lines.Length);
    }

    private FrameOutcome Parse(ReadOnlySpan<byte> frame) => _parser.Parse(frame, new Timestamp(1), 1, out _);

    private static byte[] Mutate(byte[] frame, Random random)
    {
        const string Spice = "\"\\{}[],:0123456789.-eE tfn";
        var bytes = frame.ToList();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var at = random.Next(bytes.Count);
            var other = (byte)(random.Next(4) == 0 ? random.Next(256) : Spice[random.Next(Spice.Length)]);
            switch (random.Next(4))
            {
                case 0: bytes[at] = other; break;
                case 1: bytes.Insert(at, other); break;
                case 2: bytes.RemoveAt(at); break;
                default:
                    var length = random.Next(bytes.Count - at);
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>
    /// The complete file, each line, and each line from its first bracket: every way in which a payload may arrive.
    /// </summary>
    private static IEnumerable<byte[]> Payloads(string path)
    {
        var lines = Lines(path);
        yield return Samples.Bytes(string.Join('\n', lines));
        foreach (var line in lines)
        {
            yield return Samples.Bytes(line);
            if (line.IndexOf('{') is > 0 and var start)
            {
                yield return Samples.Bytes(line[start..]);
            }
        }
    }

    private static string[] Lines(string path)
    {
        using Stream file = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress)
            : File.OpenRead(path);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n');
    }
}
