using System.Text.Json;
using BtcAgent.Exchanges.Binance.Execution.Payloads;

namespace BtcAgent.Exchanges.Binance.Rest;

/// <summary>Reads <c>GET /api/v3/referencePrice</c>. Source: Binance spot documentation, "Query Reference Price".</summary>
internal static class ReferencePriceAnswer
{
    /// <summary>Null when the symbol has none now.</summary>
    /// <exception cref="MarketFeedException">Not a referencePrice answer.</exception>
    public static Price? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.GetProperty("referencePrice").ValueKind == JsonValueKind.Null
                ? null
                : document.RootElement.PriceOrNull("referencePrice");
        }
        catch (Exception problem) when (JsonReading.IsOtherShape(problem))
        {
            throw new MarketFeedException(
                $"the venue's answer {Frames.FrameExcerpt.Of(json.Span)} has no referencePrice: check Binance:RestBaseAddress", problem);
        }
    }
}
