using System.Text;

namespace BtcAgent.Storage.Objects;

/// <summary>Keys that every store accepts: they are paths in a folder, and URLs on S3.</summary>
public static class ObjectKey
{
    /// <summary>Ending of unfinished files in a folder.</summary>
    public const string PartEnding = ".part";

    /// <summary>S3's limit, bytes of UTF-8.</summary>
    private const int BytesMax = 1024;

    /// <exception cref="ArgumentException">The key is not a relative path without <c>.</c>, <c>..</c> and empty segments.</exception>
    public static string Demand(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return ProblemOf(key) is { } problem ? throw new ArgumentException($"'{key}' is not an object key: {problem}", nameof(key)) : key;
    }

    /// <summary>Why a text cannot be a key, in words; null when it can.</summary>
    public static string? ProblemOf(string key) =>
        Encoding.UTF8.GetByteCount(key) > BytesMax ? $"it has more than {BytesMax} bytes"
        : key.Split('/').Any(segment => segment is "" or "." or "..") ? "a segment is empty, '.' or '..'"
        : key.Any(c => char.IsControl(c) || c == '\\') ? "it contains a backslash or control character"
        : key.EndsWith(PartEnding, StringComparison.Ordinal) ? $"'{PartEnding}' is the ending of unfinished files"
        : null;
}
