using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Client.Operators;

/// <summary>
/// The operator's secret: 32 random bytes in <c>operator.key</c> of the data folder, readable by the file's owner only.
/// </summary>
public sealed class OperatorKey
{
    public const string FileName = "operator.key";

    private const int KeyBytes = 32;

    private readonly byte[] _digest;

    private OperatorKey(string text, string path, bool isNew)
    {
        Text = text;
        Path = path;
        IsNew = isNew;
        _digest = SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The key as sent in headers and forms.</summary>
    public string Text { get; }

    /// <summary>Path of the key file.</summary>
    public string Path { get; }

    /// <summary>True when this start created the key, which is the only time it is printed.</summary>
    public bool IsNew { get; }

    /// <summary>Reads the key of a data folder, or creates one.</summary>
    /// <exception cref="OperatorKeyException">The file is damaged, or cannot be read or written.</exception>
    public static OperatorKey Open(string dataFolder)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetFullPath(dataFolder), FileName);
        try
        {
            var isNew = !File.Exists(path);
            if (isNew)
            {
                Write(path, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes)));
            }

            var text = File.ReadAllText(path).Trim();
            var bytes = new byte[KeyBytes];
            return Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == KeyBytes
                ? new OperatorKey(text, path, isNew)
                : throw new OperatorKeyException($"'{path}' does not contain an operator key: delete it, and the next start creates a new one");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorKeyException($"operator key '{path}' cannot be used ({e.Message}): correct the folder's permissions", e);
        }
    }

    /// <summary>Returns the key that signs links in alerts. It does not reveal the operator key, and changes with it.</summary>
    public byte[] DeriveLinkKey()
    {
        var secret = Base64Url.DecodeFromChars(Text);
        try
        {
            return HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeyBytes, salt: null, "btcagent alert links 1"u8.ToArray());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string? candidate) =>
        candidate is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(candidate)), _digest);

    /// <summary>
    /// Writes the file atomically, so that neither a reader nor the next start after a crash sees a partial file.
    /// </summary>
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
