using System.Security.Cryptography;

namespace BtcAgent.History.Files;

/// <summary>SHA-256 of files.</summary>
internal static class FileHash
{
    /// <summary>Returns the hash from the current position to the end, hexadecimal.</summary>
    public static async Task<string> OfAsync(Stream stream, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
}
