using System.Security.Cryptography;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Secrets;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Secrets;

namespace BtcAgent.Silo.Keys;

/// <summary>
/// The sealed venue's key of an agent, by the agent's command line: the same file and key-encryption key that the agent uses.
/// The agent reads them at its start.
/// </summary>
public sealed class VenueKeyFile
{
    private const int NameLengthMax = 64;

    private readonly VenueKey _key;
    private readonly TimeProvider _time;

    private VenueKeyFile(VenueKey key, TimeProvider time) => (_key, _time) = (key, time);

    public string Path => _key.File;

    /// <param name="arguments">The agent's command line, such as <c>--venue binance-live --data live</c>.</param>
    /// <param name="folder">Folder of the agent's <c>appsettings.json</c>; null for this program's.</param>
    /// <param name="time">The machine's clock.</param>
    /// <exception cref="SecretException">The command line or the settings cannot be read, or name a venue without keys.</exception>
    public static VenueKeyFile Of(IReadOnlyList<string> arguments, string? folder, TimeProvider time)
    {
        if (new AgentCommand().Read([.. arguments], out var problems) is not { } settings)
        {
            throw new SecretException($"the agent's command line: {string.Join("; ", problems)}");
        }

        try
        {
            var configuration = AgentConfiguration.Read(settings, System.IO.Path.GetFullPath(folder ?? AppContext.BaseDirectory));
            var key = VenueKey.Of(settings, configuration)
                ?? throw new SecretException("this agent's venue has no key: give the agent's arguments, such as -- --venue binance-live --data live");
            return new VenueKeyFile(key, time);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            throw new SecretException($"the agent's settings cannot be read ({e.GetBaseException().Message.ReplaceLineEndings(" ")}): correct them first", e);
        }
    }

    /// <summary>Encrypts and stores a key; the caller zeroes its own bytes.</summary>
    /// <param name="apiKey">The API key in ASCII.</param>
    /// <param name="secret">The HMAC secret, or the Ed25519 private key in PEM.</param>
    /// <param name="name">The operator's name for it.</param>
    /// <param name="replace">Replaces a stored key.</param>
    /// <param name="cancellationToken">Ends the command for the key-encryption key.</param>
    /// <exception cref="SecretException">It cannot be stored, or a key is stored already.</exception>
    /// <exception cref="BinanceCredentialsException">The key cannot be used.</exception>
    public async Task<SealedVenueKey> StoreAsync(
        ReadOnlyMemory<byte> apiKey, ReadOnlyMemory<byte> secret, string name, bool replace, CancellationToken cancellationToken)
    {
        if (name.Length is 0 or > NameLengthMax || name.Any(char.IsControl))
        {
            throw new SecretException($"the name '{name.ReplaceLineEndings(" ")}' must have 1 to {NameLengthMax} characters and none that control a terminal");
        }

        if (!replace && File.Exists(Path))
        {
            throw new SecretException($"'{Path}' has a key already: replace it with --replace, or remove it with 'btcagent keys venue remove'");
        }

        var credentials = BinanceCredentials.Of(apiKey.Span, secret.Span);
        using var key = await _key.Source.OpenAsync(cancellationToken);
        var plain = GC.AllocateUninitializedArray<byte>(apiKey.Length + 1 + secret.Length, pinned: true);
        try
        {
            apiKey.Span.CopyTo(plain);
            plain[apiKey.Length] = (byte)'\n';
            secret.Span.CopyTo(plain.AsSpan(apiKey.Length + 1));
            var envelope = SealedSecret.Seal(plain, _key.Owner, name, key, _time.GetUtcNow());
            envelope.Save(Path);
            return Show(envelope, credentials);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Decrypts the key, which shows that the agent can.</summary>
    /// <exception cref="SecretException">The agent cannot.</exception>
    /// <exception cref="BinanceCredentialsException">The key cannot be used.</exception>
    public async Task<SealedVenueKey> ShowAsync(CancellationToken cancellationToken)
    {
        _key.DemandClosed();
        var (envelope, plain) = await _key.OpenAsync(cancellationToken);
        try
        {
            return Show(envelope, VenueKey.Parse(plain));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Encrypts the key with another key-encryption key, which the agent needs from then on.</summary>
    /// <exception cref="SecretException">It cannot be opened with the present key, or not be written.</exception>
    public async Task<SealedVenueKey> RotateAsync(KeyEncryptionKey next, CancellationToken cancellationToken)
    {
        var (envelope, plain) = await _key.OpenAsync(cancellationToken);
        try
        {
            var credentials = VenueKey.Parse(plain);
            if (envelope.KeyId == next.Id)
            {
                throw new SecretException($"the new key-encryption key is the present one, {next.Id}: make another with 'openssl rand -base64 32'");
            }

            var rotated = SealedSecret.Seal(plain, _key.Owner, envelope.Name, next, _time.GetUtcNow());
            rotated.Save(Path);
            return Show(rotated, credentials);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Deletes the file.</summary>
    /// <exception cref="SecretException">There is none, or it cannot be deleted.</exception>
    public void Remove()
    {
        if (!File.Exists(Path))
        {
            throw new SecretException($"there is no key in '{Path}'");
        }

        try
        {
            File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SecretException($"'{Path}' cannot be deleted ({e.Message}): correct its folder's permissions", e);
        }
    }

    private SealedVenueKey Show(SealedSecret envelope, BinanceCredentials credentials) =>
        new(_key.Owner, envelope.Name, credentials.Algorithm, envelope.SealedAt, envelope.KeyId, Path);
}
