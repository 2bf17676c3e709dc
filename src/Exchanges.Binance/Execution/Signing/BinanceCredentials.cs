using System.Text;
using BtcAgent.Exchanges.Binance.Settings;

namespace BtcAgent.Exchanges.Binance.Execution.Signing;

/// <summary>An API key and its signer. Never appears in a log, an exception or a debugger's text.</summary>
public sealed class BinanceCredentials
{
    private const int ApiKeyLengthMax = 512;

    private BinanceCredentials(string apiKey, RequestSigner signer)
    {
        ApiKey = apiKey;
        Signer = signer;
    }

    internal string ApiKey { get; }

    internal RequestSigner Signer { get; }

    /// <summary>Reads the keys that the settings give in clear.</summary>
    /// <exception cref="BinanceCredentialsException">A key is missing, or cannot be read.</exception>
    public static BinanceCredentials Load(BinanceTradingOptions options)
    {
        var apiKey = Value(options.ApiKey, options.ApiKeyFile, nameof(options.ApiKey));
        if (options.PrivateKeyFile.Length > 0)
        {
            return new(apiKey, Ed25519Signer.FromPem(Read(options.PrivateKeyFile, nameof(options.PrivateKeyFile))));
        }

        return new(apiKey, new HmacSigner(Value(options.SecretKey, options.SecretKeyFile, nameof(options.SecretKey))));
    }

    /// <summary>Copies a key; the caller zeroes its own bytes.</summary>
    /// <param name="apiKey">The API key in ASCII.</param>
    /// <param name="secret">The secret of an HMAC key, or an Ed25519 private key in PEM.</param>
    /// <exception cref="BinanceCredentialsException">The API key or the secret is empty or cannot be used.</exception>
    public static BinanceCredentials Of(ReadOnlySpan<byte> apiKey, ReadOnlySpan<byte> secret)
    {
        var name = apiKey.Trim(" \t\r\n"u8);
        var value = secret.Trim(" \t\r\n"u8);
        if (name.Length is 0 or > ApiKeyLengthMax || name.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            throw new BinanceCredentialsException(
                $"the API key has {name.Length} characters: it needs 1 to {ApiKeyLengthMax} printable ones, as the venue shows it");
        }

        if (value.Length == 0)
        {
            throw new BinanceCredentialsException("the secret of the API key is empty: give the HMAC secret, or the Ed25519 private key in PEM");
        }

        RequestSigner signer = value.IndexOf("-----BEGIN"u8) >= 0 ? Ed25519Signer.FromPem(value) : new HmacSigner(value);
        return new(Encoding.ASCII.GetString(name), signer);
    }

    /// <summary>Name of the algorithm that signs, such as <c>Ed25519</c>.</summary>
    public string Algorithm => Signer.Algorithm;

    public override string ToString() => $"Binance API key ({Signer.Algorithm}, not shown)";

    private static string Value(string given, string file, string name)
    {
        var value = given.Length > 0 ? given : file.Length > 0 ? Read(file, name + "File") : "";
        return value.Length > 0
            ? value
            : throw new BinanceCredentialsException(
                $"trading needs an API key, and {name} is not given: set the environment variable "
                + $"{BinanceTradingOptions.Section}__{name}, or {BinanceTradingOptions.Section}__{name}File to a file that holds it");
    }

    private static string Read(string file, string name)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new BinanceCredentialsException(
                $"{BinanceTradingOptions.Section}:{name}: the file '{file}' cannot be read ({e.Message}): correct its path or its permissions");
        }
    }
}
