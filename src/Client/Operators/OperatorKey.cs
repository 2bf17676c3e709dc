using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Client.Operators;

/// <summary>
/// The secret that lets an operator in: 32 random bytes, kept in <c>operator.key</c> of the data folder, readable by its
/// owner only.
/// </summary>
public sealed class OperatorKey
{
    public const string FileName = "operator.key";

    private const int KeyBytes = 32;

    private readonly byte[] _digest;

    private OperatorKey(string text)
    {
        Text = text;
        _digest = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        SessionToken = Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(text), "btcagent session"u8));
    }

    /// <summary>The key as it is written in links and headers.</summary>
    public string Text { get; }

    /// <summary>What the sign-in cookie holds: follows from the key, but does not give it away.</summary>
    internal string SessionToken { get; }

    /// <summary>Reads the key of a data folder, or makes one.</summary>
    /// <exception cref="OperatorKeyException">The file is damaged, or cannot be read or written.</exception>
    public static OperatorKey Open(string dataFolder)
    {
        var path = Path.Combine(dataFolder, FileName);
        try
        {
            if (!File.Exists(path))
            {
                Write(path, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes)));
            }

            var text = File.ReadAllText(path).Trim();
            var bytes = new byte[KeyBytes];
            return Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == KeyBytes
                ? new OperatorKey(text)
                : throw new OperatorKeyException($"'{path}' holds no operator key: delete it, and the next start makes a new one");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorKeyException($"operator key '{path}' cannot be used ({e.Message}): mend the folder's permissions", e);
        }
    }

    /// <summary>In constant time.</summary>
    public bool Matches(string? candidate) =>
        candidate is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(candidate)), _digest);

    internal bool MatchesSession(string? token) =>
        token is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(SessionToken));

    /// <summary>Whole or not at all: a reader, or the next start after a crash, never meets a part of it.</summary>
    private static void Write(string path, string text)
    {
        var part = path + ".part";
        File.Delete(part);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(part, options))
        {
            file.Write(Encoding.ASCII.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path);
    }
}
