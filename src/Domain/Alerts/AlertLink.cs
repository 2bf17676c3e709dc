using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Domain.Alerts;

/// <summary>
/// Permission to acknowledge one alert, until an instant: signed, so that only those who received the message may. An alert that
/// fires again later needs another one.
/// </summary>
/// <param name="AlertId">Id of the alert.</param>
/// <param name="FiringSince">When it began to fire.</param>
/// <param name="Until">End of the permission, whole seconds.</param>
public sealed record AlertLink(string AlertId, DateTimeOffset FiringSince, DateTimeOffset Until)
{
    /// <summary>Longest text that <see cref="Read"/> looks at.</summary>
    public const int LengthMax = 300;

    private const int Parts = 4;

    /// <summary>Returns the text of the link: four parts for an address, the last one a signature by HMAC-SHA-256.</summary>
    public string Sign(ReadOnlySpan<byte> key)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{AlertId}.{FiringSince.UtcTicks}.{Until.ToUnixTimeSeconds()}");
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)))}";
    }

    /// <summary>Returns the permission; null when this key did not sign the text. Its end is the caller's to check.</summary>
    public static AlertLink? Read(string text, ReadOnlySpan<byte> key)
    {
        if (text.Length > LengthMax || text.Split('.') is not { Length: Parts } parts
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks > DateTimeOffset.MaxValue.Ticks
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return null;
        }

        var link = new AlertLink(parts[0], new DateTimeOffset(ticks, TimeSpan.Zero), DateTimeOffset.FromUnixTimeSeconds(seconds));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(link.Sign(key)), Encoding.UTF8.GetBytes(text)) ? link : null;
    }
}
