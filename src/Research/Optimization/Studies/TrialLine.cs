using System.Buffers;
using System.Globalization;
using System.IO.Hashing;
using System.Text.Json;

namespace BtcAgent.Research.Optimization.Studies;

/// <summary>
/// A line of a store: <c>{"xxh64":"16 hex digits","data":…}</c>, where the checksum covers the bytes of the data.
/// </summary>
internal static class TrialLine
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 16 };

    /// <summary>The line with its end, for the data that a writer writes.</summary>
    internal static byte[] Of(Action<Utf8JsonWriter> write)
    {
        var data = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(data))
        {
            write(json);
        }

        return [.. "{\"xxh64\":\""u8, .. Sum(data.WrittenSpan), .. "\",\"data\":"u8, .. data.WrittenSpan, .. "}\n"u8];
    }

    /// <summary>The data of a line without its end; null if it is damaged.</summary>
    internal static JsonElement? Read(ReadOnlySpan<byte> line)
    {
        var start = "{\"xxh64\":\""u8.Length;
        var data = start + 16 + "\",\"data\":"u8.Length;
        if (line.Length <= data || line[^1] != (byte)'}' || !line[start..(start + 16)].SequenceEqual(Sum(line[data..^1])))
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(line[data..^1], Strict);
            return JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Sum(ReadOnlySpan<byte> data) =>
        System.Text.Encoding.ASCII.GetBytes(XxHash64.HashToUInt64(data).ToString("x16", CultureInfo.InvariantCulture));
}
