using System.Security.Cryptography;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Exchanges.Binance.Settings;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Secrets;

namespace BtcAgent.Silo.Secrets;

/// <summary>Where the key of the agent's venue is: sealed in a file, or in clear in section <c>BinanceTrading</c>.</summary>
/// <param name="settings">The agent's command line.</param>
/// <param name="secrets">The sealed key and what opens it.</param>
/// <param name="trading">The key in clear, if any.</param>
internal sealed class VenueKey(AgentSettings settings, SecretsOptions secrets, BinanceTradingOptions trading)
{
    /// <summary>The key of an agent with these settings; null for a venue without keys.</summary>
    /// <exception cref="InvalidOperationException">A value has a wrong type.</exception>
    public static VenueKey? Of(AgentSettings settings, IConfiguration configuration) =>
        settings.Venue is VenueKind.BinanceLive or VenueKind.BinanceTestnet
            ? new VenueKey(
                settings,
                SecretsOptions.Of(configuration),
                configuration.GetSection(BinanceTradingOptions.Section).Get<BinanceTradingOptions>() ?? new())
            : null;

    /// <summary>The venue's name in the sealed file.</summary>
    public string Owner { get; } = settings.Venue switch
    {
        VenueKind.BinanceLive => "binance-live",
        VenueKind.BinanceTestnet => "binance-testnet",
        var other => throw new StartupException($"the venue {other} has no key: name one with --venue binance-live or --venue binance-testnet"),
    };

    public string File => Path.GetFullPath(secrets.VenueKeyFile.Length > 0 ? secrets.VenueKeyFile : Path.Combine(settings.DataFolder, $"venue-{Owner}.key"));

    public KeySource Source => secrets.Source;

    /// <summary>A file that is named must exist; the default one is used if it does.</summary>
    public bool IsSealed => secrets.VenueKeyFile.Length > 0 || System.IO.File.Exists(File);

    /// <summary>The settings that give a key in clear, or a file with one.</summary>
    public IReadOnlyList<string> InClear =>
    [
        .. new (string Name, string Value)[]
        {
            (nameof(trading.ApiKey), trading.ApiKey), (nameof(trading.ApiKeyFile), trading.ApiKeyFile), (nameof(trading.SecretKey), trading.SecretKey),
            (nameof(trading.SecretKeyFile), trading.SecretKeyFile), (nameof(trading.PrivateKeyFile), trading.PrivateKeyFile),
        }.Where(each => each.Value.Length > 0).Select(each => $"{BinanceTradingOptions.Section}:{each.Name}"),
    ];

    /// <summary>
    /// Checks the modes of the files before the agent closes its data folder: that would hide that others could read them.
    /// </summary>
    /// <exception cref="SecretException">A file is open to other users, or cannot be read.</exception>
    public void DemandClosed()
    {
        if (!IsSealed)
        {
            return;
        }

        _ = SealedSecret.Load(File);
        foreach (var (file, what) in new[] { (secrets.KeyFile, "the key-encryption key"), (secrets.WrappedKeyFile, "the wrapped key") })
        {
            if (file.Length > 0)
            {
                ClosedFile.Demand(file, what);
            }
        }
    }

    /// <summary>Reads the key; a sealed one is decrypted, and all but the signer's copy is zeroed.</summary>
    /// <exception cref="SecretException">The sealed key cannot be opened.</exception>
    /// <exception cref="BinanceCredentialsException">The key in clear is missing or cannot be used.</exception>
    /// <exception cref="StartupException">There is a sealed key, and one in clear.</exception>
    public async Task<BinanceCredentials> LoadAsync(CancellationToken cancellationToken)
    {
        if (!IsSealed)
        {
            return BinanceCredentials.Load(trading);
        }

        if (InClear is [var first, ..])
        {
            throw new StartupException(
                $"the venue's key is given twice, sealed in '{File}' and in clear by {first}: remove {first}, or the file with 'btcagent keys venue remove'");
        }

        var (_, plain) = await OpenAsync(cancellationToken);
        try
        {
            return Parse(plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Returns the envelope and the plain bytes, which the caller zeroes.</summary>
    /// <exception cref="SecretException">The sealed key cannot be opened.</exception>
    public async Task<(SealedSecret Envelope, byte[] Plain)> OpenAsync(CancellationToken cancellationToken)
    {
        var envelope = SealedSecret.Load(File);
        using var key = await Source.OpenAsync(cancellationToken);
        return (envelope, envelope.Open(Owner, key, File));
    }

    /// <param name="plain">The API key, a line feed, and the secret or the private key in PEM.</param>
    /// <exception cref="BinanceCredentialsException">The bytes are not a key.</exception>
    internal static BinanceCredentials Parse(ReadOnlySpan<byte> plain)
    {
        var end = plain.IndexOf((byte)'\n');
        return end < 0
            ? throw new BinanceCredentialsException("there is no line with the API key and after it the secret or the private key: store the venue's key again")
            : BinanceCredentials.Of(plain[..end], plain[(end + 1)..]);
    }
}
