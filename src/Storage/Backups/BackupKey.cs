using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Storage.Backups;

/// <summary>
/// The operator's key of backups: 32 bytes as 64 hexadecimal digits or as base64, or a passphrase. Each backup is encrypted with
/// a key derived from it and from random bytes of that backup.
/// </summary>
public sealed class BackupKey
{
    /// <summary>Environment variable that holds the key.</summary>
    public const string Variable = "BTCAGENT_BACKUP_KEY";

    private const int KeyBytes = 32;
    private const int PassphraseMin = 12;

    /// <summary>OWASP's minimum for PBKDF2 with SHA-512 (2023), about 0.1 s.</summary>
    private const int Iterations = 210_000;

    /// <summary>Above this a header asks for minutes of work: it is not one of ours.</summary>
    private const int IterationsMax = 10_000_000;

    private const string FromRaw = "hkdf-sha256";
    private const string FromPassphrase = "pbkdf2-sha512";

    private readonly byte[] _secret;
    private readonly bool _isRaw;

    private BackupKey(byte[] secret, bool isRaw) => (_secret, _isRaw) = (secret, isRaw);

    /// <exception cref="BackupException">The key is too short; the message does not contain it.</exception>
    public static BackupKey Parse(string text)
    {
        text = text.Trim();
        if (text.Length == KeyBytes * 2 && text.All(char.IsAsciiHexDigit))
        {
            return new BackupKey(Convert.FromHexString(text), isRaw: true);
        }

        var raw = new byte[KeyBytes + 1];
        if (Convert.TryFromBase64String(text, raw, out var count) && count == KeyBytes && text.Length == 44)
        {
            return new BackupKey(raw[..KeyBytes], isRaw: true);
        }

        return text.Length >= PassphraseMin
            ? new BackupKey(Encoding.UTF8.GetBytes(text), isRaw: false)
            : throw new BackupException(
                BackupFault.Key,
                string.Create(CultureInfo.InvariantCulture, $"the key of backups has {text.Length} characters: use 64 hexadecimal digits, such as from 'openssl rand -hex 32', or a passphrase of at least {PassphraseMin}"));
    }

    /// <summary>Returns the key of the environment variable, else of the file; null when neither is set.</summary>
    /// <exception cref="BackupException">The file cannot be read, or the key is too short.</exception>
    public static BackupKey? Find(string? keyFile)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text)
        {
            return Parse(text);
        }

        try
        {
            return string.IsNullOrEmpty(keyFile) ? null : Parse(File.ReadAllText(keyFile));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BackupException(
                BackupFault.Key, $"the key file '{keyFile}' cannot be read ({error.Message}): correct its path or permissions", error);
        }
    }

    /// <summary>Returns the header of a new backup and the key that encrypts it.</summary>
    internal (BackupHeader Header, byte[] Key) Seal(BackupHeader plain)
    {
        var header = plain with { Derivation = _isRaw ? FromRaw : FromPassphrase, Iterations = _isRaw ? 0 : Iterations };
        var key = Derive(header);
        return (header with { KeyCheck = CheckOf(key) }, key);
    }

    /// <summary>Returns the key of an existing backup; null when this is not the operator's key that wrote it.</summary>
    internal byte[]? Open(BackupHeader header)
    {
        if (header.Derivation is not (FromRaw or FromPassphrase) || (header.Derivation == FromRaw) != _isRaw || header.Iterations is < 0 or > IterationsMax)
        {
            return null;
        }

        var key = Derive(header);
        return CheckOf(key) == header.KeyCheck ? key : null;
    }

    private static string CheckOf(byte[] key) => Convert.ToHexString(HMACSHA256.HashData(key, "btcagent backup key check"u8)[..8]);

    private byte[] Derive(BackupHeader header)
    {
        var salt = Convert.FromBase64String(header.Salt);
        return _isRaw
            ? HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, KeyBytes, salt, "btcagent backup"u8.ToArray())
            : Rfc2898DeriveBytes.Pbkdf2(_secret, salt, header.Iterations, HashAlgorithmName.SHA512, KeyBytes);
    }
}
