using System.Buffers.Text;
using System.Globalization;
using System.Text;
using BtcAgent.Contracts.Queries;

namespace BtcAgent.History.Queries;

/// <summary>Place of a row in a data set: the next page begins after it, whatever was stored meanwhile.</summary>
internal sealed record PageCursor(string Dataset, bool OldestFirst, long Micros, int Nanos, string Log, long Partition, long Offset, long Row)
{
    private const int Parts = 9;
    private const string Version = "1";
    private const int QuotedMax = 60;

    /// <summary>Later times are not times of .NET.</summary>
    private static readonly long MicrosMax = (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <exception cref="HistoryRequestException">Not a cursor of this data set and order.</exception>
    public static PageCursor Parse(string text, HistoryRequest request)
    {
        var cursor = Read(text) ?? throw new HistoryRequestException($"cursor '{Quoted(text)}' is not one that an answer gave: begin without a cursor");
        return cursor.Dataset == request.Dataset && cursor.OldestFirst == request.OldestFirst
            ? cursor
            : throw new HistoryRequestException($"the cursor belongs to {cursor.Dataset}, {(cursor.OldestFirst ? "oldest" : "newest")} first: begin without a cursor");
    }

    public string ToText() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{Version}|{Dataset}|{(OldestFirst ? 1 : 0)}|{Micros}|{Nanos}|{Partition}|{Offset}|{Row}|{Log}")));

    private static string Quoted(string text) =>
        string.Concat(text.Take(QuotedMax).Select(c => char.IsControl(c) ? ' ' : c)) + (text.Length > QuotedMax ? "…" : "");

    private static PageCursor? Read(string text)
    {
        if (!Base64Url.IsValid(text))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|', Parts);
        return parts.Length == Parts && parts[0] == Version
            && long.TryParse(parts[3], CultureInfo.InvariantCulture, out var micros) && int.TryParse(parts[4], CultureInfo.InvariantCulture, out var nanos)
            && long.TryParse(parts[5], CultureInfo.InvariantCulture, out var partition)
            && long.TryParse(parts[6], CultureInfo.InvariantCulture, out var offset) && long.TryParse(parts[7], CultureInfo.InvariantCulture, out var row)
            && micros >= 0 && micros <= MicrosMax && parts[8].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? new PageCursor(parts[1], parts[2] == "1", micros, nanos, parts[8], partition, offset, row)
            : null;
    }
}
