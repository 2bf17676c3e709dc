using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Engine;

/// <summary>Ids that are the same in every process and after a restart.</summary>
internal static class Fingerprint
{
    /// <summary>
    /// By name, severity and labels; each part is preceded by its length, so that no two lists of parts are the same text.
    /// </summary>
    public static string Of(AlertCondition condition) => Hash(
    [
        condition.Name,
        condition.Severity.ToString(),
        .. condition.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).SelectMany(label => new[] { label.Key, label.Value }),
    ]);

    public static string OfMoment(string source, AlertCondition condition, DateTimeOffset now) =>
        Hash([Of(condition), source, now.UtcTicks.ToString(CultureInfo.InvariantCulture)]);

    public static string OfDelivery(string channel, string group, long sequence, DateTimeOffset now) => Hash(
        [channel, group, sequence.ToString(CultureInfo.InvariantCulture), now.UtcTicks.ToString(CultureInfo.InvariantCulture)]);

    private static string Hash(IEnumerable<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }
}
