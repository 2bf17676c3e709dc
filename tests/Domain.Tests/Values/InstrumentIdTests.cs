using System.Text.Json;

namespace BtcAgent.Domain.Tests.Values;

public sealed class InstrumentIdTests
{
    [Fact]
    public void Parse_VenueAndSymbol_SplitsThem()
    {
        var id = InstrumentId.Parse("BINANCE:BTCUSDT");

        Assert.Equal(("BINANCE", "BTCUSDT", "BINANCE:BTCUSDT"), (id.Venue, id.Symbol, id.Key));
        Assert.Equal(id, InstrumentId.Parse(id.ToString()));
        Assert.Equal(id, JsonSerializer.Deserialize<InstrumentId>(JsonSerializer.Serialize(id)));
        Assert.Equal("\"BINANCE:BTCUSDT\"", JsonSerializer.Serialize(id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("BTCUSDT")]
    [InlineData(":BTCUSDT")]
    [InlineData("BINANCE:")]
    [InlineData("binance:BTCUSDT")]
    [InlineData("BINANCE:BTC:USDT")]
    [InlineData("BINANCE:BTC-USDT")]
    [InlineData("BINANCE:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Parse_NotVenueAndSymbol_SaysWhatIsExpected(string text)
    {
        var error = Assert.Throws<FormatException>(() => InstrumentId.Parse(text));
        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("BINANCE:BTCUSDT", error.Message, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<InstrumentId>($"\"{text}\""));
    }

    [Fact]
    public void Default_HasEmptyParts()
    {
        var id = default(InstrumentId);

        Assert.Equal(("", "", ""), (id.Venue, id.Symbol, id.Key));
        Assert.False(InstrumentId.TryParse(null, out _));
    }
}
