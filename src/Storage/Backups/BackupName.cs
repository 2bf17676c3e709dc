using System.Globalization;

namespace BtcAgent.Storage.Backups;

/// <summary>Names of backups: the instant in UTC, so that their order is that of time.</summary>
internal static class BackupName
{
    private const string Prefix = "btcagent-";
    private const string Ending = ".backup";
    private const string Format = "yyyyMMdd'T'HHmmss'.'fff'Z'";

    public static string Of(DateTimeOffset instant) => Prefix + instant.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture) + Ending;

    /// <summary>Returns the instant; null when the name is not that of a backup.</summary>
    public static DateTimeOffset? InstantOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Ending, StringComparison.Ordinal)
        && DateTimeOffset.TryParseExact(
            name[Prefix.Length..^Ending.Length], Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant : null;
}
