using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace BtcAgent.Domain.Audit;

/// <summary>
/// The stored form of entries. A line is a JSON object that begins with <c>previous</c> and <c>sequence</c> and ends with
/// <c>hash</c>, the SHA-256 of all bytes of the line before the member <c>hash</c>. So the chain can be verified over the bytes,
/// with any tool, and a single changed bit is found. The text is ASCII: other characters are escaped.
/// </summary>
public static class AuditFormat
{
    private const int HashLength = 64;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly TimestampJsonConverter Times = new();

    private static ReadOnlySpan<byte> Head => "{\"previous\":\""u8;

    private static ReadOnlySpan<byte> AfterPrevious => "\",\"sequence\":"u8;

    private static ReadOnlySpan<byte> BeforeHash => ",\"hash\":\""u8;

    private static ReadOnlySpan<byte> Tail => "\"}"u8;

    private static int SealLength => BeforeHash.Length + HashLength + Tail.Length;

    /// <summary>The day of a time, <c>yyyy-MM-dd</c> in UTC.</summary>
    public static string DayOf(Timestamp time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Writes the entry that follows <paramref name="head"/>. Days never go backwards, even if the clock does.</summary>
    public static AuditLine Write(AuditHead head, AuditDraft draft, Timestamp now)
    {
        var day = DayOf(now) is var today && string.CompareOrdinal(today, head.Day) > 0 ? today : head.Day;
        var entry = new AuditEntry
        {
            Previous = head.Hash,
            Sequence = head.Sequence + 1,
            Time = now,
            Kind = draft.Kind,
            Actor = draft.Actor,
            Role = draft.Role,
            Address = draft.Address,
            Action = draft.Action,
            Subject = draft.Subject,
            Reason = draft.Reason,
            Before = draft.Before,
            After = draft.After,
            Outcome = draft.Outcome,
            Operation = draft.Operation,
            Hash = "",
        };
        var text = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(text))
        {
            WriteMembers(json, entry);
        }

        // Without the closing brace, which follows the hash.
        var sealedPart = text.WrittenSpan[..^1];
        var hash = HashOf(sealedPart);
        byte[] line = [.. sealedPart, .. BeforeHash, .. Encoding.ASCII.GetBytes(hash), .. Tail];
        return new AuditLine(day, entry with { Hash = hash }, ImmutableCollectionsMarshal.AsImmutableArray(line));
    }

    /// <summary>Reads the place in the chain from a line without parsing the rest; false when it is not an entry.</summary>
    public static bool TryReadPlace(ReadOnlySpan<byte> line, out string previous, out long sequence, out string hash)
    {
        (previous, sequence, hash) = ("", 0, "");
        var fixedLength = Head.Length + HashLength + AfterPrevious.Length;
        if (line.Length < fixedLength + 1 + SealLength || !line.StartsWith(Head)
            || !line[(Head.Length + HashLength)..].StartsWith(AfterPrevious)
            || !line[^SealLength..].StartsWith(BeforeHash) || !line.EndsWith(Tail)
            || !Utf8Parser.TryParse(line[fixedLength..], out sequence, out _))
        {
            return false;
        }

        previous = Encoding.ASCII.GetString(line.Slice(Head.Length, HashLength));
        hash = Encoding.ASCII.GetString(line.Slice(line.Length - Tail.Length - HashLength, HashLength));
        return true;
    }

    /// <summary>The hash that the content of a line has now.</summary>
    public static string ComputeHash(ReadOnlySpan<byte> line) => HashOf(line[..^SealLength]);

    /// <summary>Reads a line; null when it is not an entry.</summary>
    public static AuditEntry? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditEntry>(line, Json);
        }
        catch (JsonException)
        {
            return null; // The verification reports the line and its place.
        }
    }

    private static string HashOf(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return Convert.ToHexStringLower(hash);
    }

    private static void WriteMembers(Utf8JsonWriter json, AuditEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("previous"u8, entry.Previous);
        json.WriteNumber("sequence"u8, entry.Sequence);
        json.WritePropertyName("time"u8);
        Times.Write(json, entry.Time, Json);
        json.WriteString("kind"u8, entry.Kind.ToString().ToLowerInvariant());
        json.WriteString("actor"u8, entry.Actor);
        json.WriteString("role"u8, entry.Role);
        json.WriteString("address"u8, entry.Address);
        json.WriteString("action"u8, entry.Action);
        json.WriteString("subject"u8, entry.Subject);
        json.WriteString("reason"u8, entry.Reason);
        json.WriteString("before"u8, entry.Before);
        json.WriteString("after"u8, entry.After);
        json.WriteString("outcome"u8, entry.Outcome.ToString().ToLowerInvariant());
        if (entry.Operation is not null)
        {
            json.WriteString("operation"u8, entry.Operation);
        }

        json.WriteEndObject();
    }
}
