using System.Text.Json;
using BtcAgent.Domain.Instruments;

namespace BtcAgent.Exchanges.Binance.Rest;

/// <summary>Reads what a symbol of exchangeInfo permits; an absent permission counts as granted.</summary>
internal static class ExchangeInfoPermissions
{
    public static VenueOrderTypes OrderTypesOf(JsonElement symbol)
    {
        var types = VenueOrderTypes.None;
        if (symbol.TryGetProperty("orderTypes", out var names) && names.ValueKind == JsonValueKind.Array)
        {
            foreach (var name in names.EnumerateArray())
            {
                types |= TypeOf(name.GetString());
            }
        }

        return types;
    }

    public static VenueFeatures DeniedBy(JsonElement symbol) =>
        DeniedOf(symbol, "isSpotTradingAllowed", VenueFeatures.Spot)
        | DeniedOf(symbol, "icebergAllowed", VenueFeatures.Iceberg)
        | DeniedOf(symbol, "ocoAllowed", VenueFeatures.Oco)
        | DeniedOf(symbol, "otoAllowed", VenueFeatures.Oto)
        | DeniedOf(symbol, "cancelReplaceAllowed", VenueFeatures.CancelReplace)
        | DeniedOf(symbol, "allowTrailingStop", VenueFeatures.TrailingStop)
        | DeniedOf(symbol, "amendAllowed", VenueFeatures.Amend);

    private static VenueFeatures DeniedOf(JsonElement symbol, string name, VenueFeatures feature) =>
        symbol.TryGetProperty(name, out var allowed) && allowed.ValueKind == JsonValueKind.False
            ? feature
            : VenueFeatures.None;

    /// <summary>Skips order types that are not known here: the agent cannot send them anyway.</summary>
    private static VenueOrderTypes TypeOf(string? name) => name switch
    {
        "MARKET" => VenueOrderTypes.Market,
        "LIMIT" => VenueOrderTypes.Limit,
        "LIMIT_MAKER" => VenueOrderTypes.LimitMaker,
        "STOP_LOSS" => VenueOrderTypes.StopLoss,
        "STOP_LOSS_LIMIT" => VenueOrderTypes.StopLossLimit,
        "TAKE_PROFIT" => VenueOrderTypes.TakeProfit,
        "TAKE_PROFIT_LIMIT" => VenueOrderTypes.TakeProfitLimit,
        _ => VenueOrderTypes.None,
    };
}
