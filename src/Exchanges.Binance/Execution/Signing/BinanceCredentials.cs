using BtcAgent.Exchanges.Binance.Settings;

namespace BtcAgent.Exchanges.Binance.Execution.Signing;

/// <summary>An API key and its signer. Never appears in a log, an exception or a debugger's text.</summary>
public sealed class BinanceCredentials
{
    private BinanceCredentials(string apiKey, RequestSigner signer)
    {
        ApiKey = apiKey;
        Signer = signer;
    }

    internal string ApiKey { get; }

    internal RequestSigner Signer { get; }

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
