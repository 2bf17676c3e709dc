using BtcAgent.Exchanges.Binance.Settings;
using BtcAgent.Silo.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Venues;

/// <summary>
/// Requires https and wss for orders, signatures and prices, even on loopback, where any user's program could listen.
/// <see cref="BinanceOptions.Simulated"/> marks a simulator and is never allowed with real money.
/// </summary>
internal sealed class EncryptedVenueOptionsValidator(VenueKind venue, Func<bool> isSimulated)
    : IValidateOptions<BinanceOptions>, IValidateOptions<BinanceTradingOptions>
{
    public ValidateOptionsResult Validate(string? name, BinanceOptions options)
    {
        if (options.Simulated && venue == VenueKind.BinanceLive)
        {
            return ValidateOptionsResult.Fail(
                $"{BinanceOptions.Section}:{nameof(options.Simulated)} is not allowed with --venue binance-live: remove it, or use --venue binance-testnet");
        }

        return Judge(options.Simulated,
        [
            ($"{BinanceOptions.Section}:{nameof(options.RestBaseAddress)}", options.RestBaseAddress, Uri.UriSchemeHttps),
            ($"{BinanceOptions.Section}:{nameof(options.StreamBaseAddress)}", options.StreamBaseAddress, Uri.UriSchemeWss),
        ]);
    }

    public ValidateOptionsResult Validate(string? name, BinanceTradingOptions options) => Judge(isSimulated(),
        [($"{BinanceTradingOptions.Section}:{nameof(options.WebSocketApiAddress)}", options.WebSocketApiAddress, Uri.UriSchemeWss)]);

    private ValidateOptionsResult Judge(bool simulated, IEnumerable<(string Setting, Uri Address, string Scheme)> addresses)
    {
        var problems = addresses
            .Where(a => !simulated && a.Address is { } address && (!address.IsAbsoluteUri || address.Scheme != a.Scheme))
            .Select(a => $"{a.Setting}: '{a.Address}' is not encrypted: use {a.Scheme}://"
                + (venue == VenueKind.BinanceLive ? "" : $", or set {BinanceOptions.Section}:{nameof(BinanceOptions.Simulated)}=true for a simulator"))
            .ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
