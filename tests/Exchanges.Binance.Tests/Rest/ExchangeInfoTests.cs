using System.IO.Compression;
using System.Text;
using BtcAgent.Exchanges.Binance.Rest;

namespace BtcAgent.Exchanges.Binance.Tests.Rest;

public sealed class ExchangeInfoTests
{
    [Theory]
    [InlineData("json-cryptofeed/binance_exchangeInfo_20210417.txt.gz")]
    [InlineData("json-cryptofeed/binance_exchangeInfo_20211012.txt.gz")]
    public void Read_RecordedAnswer_HasBtcUsdtsRules(string path)
    {
        var text = Unpack(RecordedData.Require(path));

        var rules = ExchangeInfo.Read(Encoding.UTF8.GetBytes(text[text.IndexOf('{')..]), InstrumentId.Parse("BINANCE:BTCUSDT"));

        Assert.Equal(("BTC", "USDT", true), (rules.BaseAsset, rules.QuoteAsset, rules.IsTrading));
        Assert.Equal(Price.Parse("0.01"), rules.TickSize);
        Assert.Equal(10m, rules.MinNotional);
        Assert.True(rules.MinQuantity == rules.LotSize && rules.LotSize > Quantity.Zero);
        Assert.Equal((5m, 0.2m), (rules.PercentPriceUp, rules.PercentPriceDown));
    }

    [Fact]
    public void Read_EveryRecordedSymbol_HasUsableRules()
    {
        var text = Unpack(RecordedData.Require("json-cryptofeed/binance_exchangeInfo_20210417.txt.gz"));
        var json = Encoding.UTF8.GetBytes(text[text.IndexOf('{')..]);
        var symbols = text.Split("{\"symbol\":\"").Skip(1).Select(rest => rest[..rest.IndexOf('"')]).ToArray();

        Assert.True(symbols.Length > 1_000);
        foreach (var symbol in symbols.Where((_, index) => index % 50 == 0))
        {
            var rules = ExchangeInfo.Read(json, InstrumentId.Parse($"BINANCE:{symbol}"));
            Assert.True(rules.TickSize > Price.Zero && rules.LotSize > Quantity.Zero && rules.MaxQuantity > rules.MinQuantity);
        }
    }

    [Theory]
    [InlineData("resources/http_responses/http_spot_market_exchange_info.json")]
    [InlineData("test_data/spot/http_json/exchange_info_response.json")]
    public void Read_OtherRecordedShapes_AreUnderstood(string path)
    {
        var json = File.ReadAllText(RecordedData.Require($"json-nautilus/{path}"));
        var at = json.IndexOf("\"symbol\"", StringComparison.Ordinal);
        var symbol = json[at..].Split('"')[3];

        Assert.True(ExchangeInfo.Read(Encoding.UTF8.GetBytes(json), InstrumentId.Parse($"BINANCE:{symbol}")).TickSize > Price.Zero);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("""{"symbols":[]}""")]
    [InlineData("""{"symbols":[{"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","filters":[{"filterType":"LOT_SIZE","stepSize":"-1","minQty":"0","maxQty":"1"}]}]}""")]
    public void Read_NotAnAnswer_IsAFeedException(string json) =>
        Assert.Throws<MarketFeedException>(() => ExchangeInfo.Read(Encoding.UTF8.GetBytes(json), InstrumentId.Parse("BINANCE:BTCUSDT")));

    /// <summary>The first of the requests in the recording, which is exchangeInfo.</summary>
    private static string Unpack(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return reader.ReadLine()!;
    }
}
