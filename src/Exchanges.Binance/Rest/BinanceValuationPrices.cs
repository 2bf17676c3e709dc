using System.Globalization;
using System.Text.Json;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Exchanges.Binance.Rest;

/// <summary>Reads <c>GET /api/v3/ticker/bookTicker</c>; source: Binance spot API documentation, "Symbol order book ticker".</summary>
public sealed class BinanceValuationPrices(BinanceRestClient client) : IValuationPrices
{
    private const int NoSuchSymbol = -1121;

    public async Task<decimal?> GetMidAsync(InstrumentId market, CancellationToken cancellationToken)
    {
        byte[] body;
        try
        {
            body = await client.GetBookTickerAsync(market, cancellationToken);
        }
        catch (BinanceApiException refusal) when (refusal.Code == NoSuchSymbol)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            var bid = Price(document.RootElement, "bidPrice");
            var ask = Price(document.RootElement, "askPrice");
            return bid > 0 && ask > 0 ? (bid + ask) / 2 : null;
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new MarketFeedException(
                $"the venue's book ticker of {market} is {Frames.FrameExcerpt.Of(body)}, which has no bidPrice and askPrice: check Binance:RestBaseAddress",
                problem);
        }
    }

    private static decimal Price(JsonElement ticker, string name) =>
        decimal.Parse(ticker.GetProperty(name).GetString() ?? "", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
