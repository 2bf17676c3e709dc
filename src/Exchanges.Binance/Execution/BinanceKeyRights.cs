using System.Text.Json;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Exchanges.Binance.Execution.Transport;

namespace BtcAgent.Exchanges.Binance.Execution;

/// <summary>Reads the rights of the session's API key. The test network has no such function.</summary>
public static class BinanceKeyRights
{
    /// <exception cref="ExecutionVenueException">The venue refused the key or the request, or does not answer.</exception>
    public static async Task<KeyRights> ReadAsync(BinanceTradingSession session, CancellationToken cancellationToken)
    {
        var result = await session.SendAsync(ApiCall.KeyRights, new RequestParameters(), cancellationToken);
        if (result is not { Outcome: VenueOutcome.Done, Body: { ValueKind: JsonValueKind.Object } rights })
        {
            throw new ExecutionVenueException($"the rights of the API key cannot be read: {result.Reason}");
        }

        return new KeyRights(
            Flag(rights, "enableSpotAndMarginTrading"),
            Flag(rights, "enableWithdrawals"),
            Flag(rights, "enableInternalTransfer") || Flag(rights, "permitsUniversalTransfer"),
            Flag(rights, "ipRestrict"),
            rights.TryGetProperty("tradingAuthorityExpirationTime", out var end) && end.TryGetInt64(out var ms) && ms > 0
                ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
                : null);
    }

    private static bool Flag(JsonElement rights, string name) => rights.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
