using System.IO.Compression;
using System.Text;
using BtcAgent.Domain.Instruments;
using BtcAgent.Exchanges.Binance.Rest;

namespace BtcAgent.Exchanges.Binance.Tests.Rest;

public sealed class ExchangeInfoFiltersTests
{
    private const string Everything = """
        {"exchangeFilters":[
          {"filterType":"EXCHANGE_MAX_NUM_ORDERS","maxNumOrders":1000},
          {"filterType":"EXCHANGE_MAX_NUM_ALGO_ORDERS","maxNumAlgoOrders":200},
          {"filterType":"EXCHANGE_MAX_NUM_ICEBERG_ORDERS","maxNumIcebergOrders":10000},
          {"filterType":"EXCHANGE_MAX_NUM_ORDER_LISTS","maxNumOrderLists":20}],
        "symbols":[{"symbol":"BTCUSDT","status":"BREAK","baseAsset":"BTC","quoteAsset":"USDT",
        "orderTypes":["LIMIT","MARKET","STOP_LOSS_LIMIT","SOMETHING_NEW"],
        "icebergAllowed":true,"ocoAllowed":false,"otoAllowed":false,"allowTrailingStop":true,
        "cancelReplaceAllowed":false,"amendAllowed":true,"isSpotTradingAllowed":false,
        "filters":[
          {"filterType":"PRICE_FILTER","minPrice":"0.01","maxPrice":"1000000","tickSize":"0.01"},
          {"filterType":"LOT_SIZE","minQty":"0.00001","maxQty":"9000","stepSize":"0.00001"},
          {"filterType":"MARKET_LOT_SIZE","minQty":"0","maxQty":"120.5","stepSize":"0.00000000"},
          {"filterType":"ICEBERG_PARTS","limit":10},
          {"filterType":"TRAILING_DELTA","minTrailingAboveDelta":10,"maxTrailingAboveDelta":2000,
           "minTrailingBelowDelta":11,"maxTrailingBelowDelta":2001},
          {"filterType":"PERCENT_PRICE_BY_SIDE","bidMultiplierUp":"1.2","bidMultiplierDown":"0.2",
           "askMultiplierUp":"5","askMultiplierDown":"0.8","avgPriceMins":5},
          {"filterType":"NOTIONAL","minNotional":"5","applyMinToMarket":true,"maxNotional":"9000000",
           "applyMaxToMarket":false,"avgPriceMins":5},
          {"filterType":"MAX_NUM_ORDERS","maxNumOrders":200},
          {"filterType":"MAX_NUM_ALGO_ORDERS","maxNumAlgoOrders":5},
          {"filterType":"MAX_NUM_ICEBERG_ORDERS","maxNumIcebergOrders":6},
          {"filterType":"MAX_NUM_ORDER_LISTS","maxNumOrderLists":21},
          {"filterType":"MAX_NUM_ORDER_AMENDS","maxNumOrderAmends":12},
          {"filterType":"MAX_POSITION","maxPosition":"43"},
          {"filterType":"T_PLUS_SELL","endTime":1}]}]}
        """;

    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");

    [Fact]
    public void Read_EveryFilter_IsKept()
    {
        var rules = ExchangeInfo.Read(Encoding.UTF8.GetBytes(Everything), Instrument);

        var expected = new TradingRules
        {
            Instrument = Instrument,
            BaseAsset = "BTC",
            QuoteAsset = "USDT",
            TickSize = Price.Parse("0.01"),
            MinPrice = Price.Parse("0.01"),
            MaxPrice = Price.Parse("1000000"),
            LotSize = Quantity.Parse("0.00001"),
            MinQuantity = Quantity.Parse("0.00001"),
            MaxQuantity = Quantity.Parse("9000"),
            MarketMaxQuantity = Quantity.Parse("120.5"),
            MinNotional = 5,
            MaxNotional = 9_000_000,
            MaxNotionalAppliesToMarket = false,
            PercentPriceUp = 1.2m,
            PercentPriceDown = 0.8m,
            BuyBand = new PriceBand(1.2m, 0.2m),
            SellBand = new PriceBand(5, 0.8m),
            MaxIcebergParts = 10,
            TrailingDelta = new TrailingDeltaLimits(10, 2000, 11, 2001),
            OpenOrders = new OpenOrderLimits(200, 5, 6, 21),
            VenueOpenOrders = new OpenOrderLimits(1000, 200, 10_000, 20),
            MaxAmends = 12,
            MaxPosition = Quantity.Parse("43"),
            IsTrading = false,
            Status = "BREAK",
            OrderTypes = VenueOrderTypes.Limit | VenueOrderTypes.Market | VenueOrderTypes.StopLossLimit,
            DeniedFeatures = VenueFeatures.Spot | VenueFeatures.Oco | VenueFeatures.Oto | VenueFeatures.CancelReplace,
        };
        Assert.Equal(expected, rules);
    }

    [Fact]
    public void ReadAll_NamesThatAreNoInstruments_AreLeftOut()
    {
        var text = Everything.Replace("BTCUSDT", "\u5e01USDT", StringComparison.Ordinal);

        Assert.Empty(ExchangeInfo.ReadAll(Encoding.UTF8.GetBytes(text), "BINANCE"));
    }

    [Theory]
    [InlineData("json-cryptofeed/binance_exchangeInfo_20210417.txt.gz", 1405)]
    [InlineData("json-cryptofeed/binance_exchangeInfo_20211012.txt.gz", 1695)]
    [InlineData("json-nautilus/resources/http_responses/http_spot_market_exchange_info.json", 2)]
    [InlineData("json-nautilus/test_data/spot/http_json/exchange_info_response.json", 1)]
    [InlineData("json-binancenet/Endpoints/Spot/ExchangeData/GetExchangeInfo.txt", 1)]
    [InlineData("json-binancenet/Socket/Spot/ExchangeData/GetExchangeInfo.txt", 1)]
    public void ReadAll_RecordedAnswers_EverySymbolHasUsableRules(string path, int symbols)
    {
        var all = ExchangeInfo.ReadAll(Encoding.UTF8.GetBytes(Answer(RecordedData.Require(path))), "BINANCE");

        Assert.Equal(symbols, all.Length);
        Assert.All(all, rules =>
        {
            Assert.True(rules.TickSize > Price.Zero && rules.LotSize > Quantity.Zero);
            Assert.True(rules.MaxQuantity > rules.MinQuantity);
            Assert.False(rules.MaxPrice <= rules.MinPrice);
            Assert.Equal(rules.Status == "TRADING", rules.IsTrading);
            Assert.True(rules.OrderTypes.HasFlag(VenueOrderTypes.Limit));
        });
    }

    [Fact]
    public void Read_RecordedBtcUsdt_HasTheAccountsLimits()
    {
        var path = RecordedData.Require("json-cryptofeed/binance_exchangeInfo_20211012.txt.gz");
        var rules = ExchangeInfo.Read(Encoding.UTF8.GetBytes(Answer(path)), Instrument);

        Assert.Equal((10, 200, 5), (rules.MaxIcebergParts, rules.OpenOrders.Orders, rules.OpenOrders.AlgoOrders));
        Assert.Equal(Price.Parse("1000000"), rules.MaxPrice);
        Assert.True(rules.MarketMaxQuantity < rules.MaxQuantity);
    }

    /// <summary>The JSON of a recording: its first line when packed, else its last object that starts a line.</summary>
    private static string Answer(string path)
    {
        if (path.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            var line = reader.ReadLine()!;
            return line[line.IndexOf('{')..];
        }

        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        text = text[text.IndexOf("{\n", StringComparison.Ordinal)..];
        var result = text.IndexOf("\"result\":", StringComparison.Ordinal);
        if (result < 0)
        {
            return text;
        }

        using var document = System.Text.Json.JsonDocument.Parse(text);
        return document.RootElement.GetProperty("result").GetRawText();
    }
}
