namespace BtcAgent.Exchanges.Binance.Tests.Frames;

public sealed class BinanceFrameParserTests
{
    private static readonly Timestamp Received = Timestamp.FromUnixMilliseconds(1_700_000_000_500);
    private readonly BinanceFrameParser _parser = new("BTCUSDT");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parse_Trade_HasEveryField(bool anotherLayout)
    {
        var trade = ParseEvent(Samples.Trade, anotherLayout);

        Assert.Equal(
            new MarketEvent
            {
                Kind = MarketEventKind.Trade,
                Sequence = 7,
                EventTime = Timestamp.FromUnixMilliseconds(1_700_000_000_120),
                ReceiveTime = Received,
                FirstId = 42,
                LastId = 42,
                Price = Price.Parse("61837.63"),
                Quantity = Quantity.Parse("0.02000001"),
                Aggressor = Side.Sell,
            },
            trade);
    }

    [Fact]
    public void Parse_BuyerIsTaker_AggressorIsBuy() =>
        Assert.Equal(Side.Buy, ParseEvent(Samples.Trade.Replace("\"m\":true", "\"m\":false"), false).Aggressor);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parse_Quote_HasBothSides(bool anotherLayout)
    {
        var quote = ParseEvent(Samples.Quote, anotherLayout);

        Assert.Equal(MarketEventKind.Quote, quote.Kind);
        Assert.Equal(50_093_239_212, quote.LastId);
        Assert.False(quote.EventTime.IsKnown);
        Assert.Equal(
            new Quote(
                Price.Parse("61837.63"), Quantity.Parse("3.78826"), Price.Parse("61837.64"), Quantity.Parse("1.54698")),
            quote.Quote);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parse_Depth_GivesBidsThenAsks(bool anotherLayout)
    {
        var delta = ParseEvent(Samples.Depth, anotherLayout);

        Assert.Equal((MarketEventKind.BookDelta, 100, 105, 2, 1), (delta.Kind, delta.FirstId, delta.LastId, delta.BidCount, delta.AskCount));
        Assert.Equal(
            [
                new PriceLevel(Price.Parse("61737.63"), Quantity.Zero),
                new PriceLevel(Price.Parse("61730.17"), Quantity.Parse("1.5")),
                new PriceLevel(Price.Parse("61837.64"), Quantity.Parse("1.54698")),
            ],
            _parser.Levels.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parse_Snapshot_HasLastUpdateId(bool anotherLayout)
    {
        var snapshot = ParseEvent(Samples.Snapshot, anotherLayout);

        Assert.Equal((MarketEventKind.BookSnapshot, 160, 2, 1), (snapshot.Kind, snapshot.LastId, snapshot.BidCount, snapshot.AskCount));
        Assert.Equal(3, _parser.Levels.Length);
    }

    [Fact]
    public void Parse_Kline_IsAVenueBarAndNoEvent()
    {
        Assert.Equal(FrameOutcome.Kline, Parse(Samples.Kline));
        Assert.Equal(Price.Parse("61020"), _parser.Kline.High);
        Assert.Equal(Timestamp.FromUnixMilliseconds(1_699_999_980_000), _parser.Kline.OpenTime);
        Assert.Equal((9L, false), (_parser.Kline.TradeCount, _parser.Kline.IsClosed));
    }

    [Theory]
    [InlineData("""{"e":"trade","E":1,"s":"BTCUSDT","t":42,"p":"1.5","q":"2","b":88,"a":50,"T":1700000000120,"m":false,"M":true,"new":{"x":["}",1]}}""")]
    [InlineData("""{"T":1700000000120,"q":"2","m":false,"p":"1.5","t":42,"s":"BTCUSDT","e":"trade"}""")]
    [InlineData("""{"data":{"q":"2","m":false,"p":"1.50000000000","t":42,"s":"BTCUSDT","e":"trade","T":1700000000120},"stream":"btcusdt@trade"}""")]
    [InlineData("""{"stream":"btcusdt@trade","data":{"e":"trade","E":1700000000123000,"s":"BTCUSDT","t":42,"p":"1.50000000","q":"2.00000000","T":1700000000120000,"m":false,"M":true}}""")]
    public void Parse_OtherOrderOrFieldsOrTimeUnit_GivesTheSameTrade(string frame)
    {
        var trade = ParseEvent(frame, anotherLayout: false);

        Assert.Equal((Price.Parse("1.5"), Quantity.Parse("2"), 42, Side.Buy), (trade.Price, trade.Quantity, trade.FirstId, trade.Aggressor));
        Assert.Equal(Timestamp.FromUnixMilliseconds(1_700_000_000_120), trade.EventTime);
    }

    [Theory]
    [InlineData("\"61837.63000000\"", "\"61837.630000001\"", "'p' \"61837.630000001\" has more than 8 decimals")]
    [InlineData("\"0.02000001\"", "\"-0.02000001\"", "'q' \"-0.02000001\" is negative")]
    [InlineData("\"0.02000001\"", "\"0.00000000\"", "'q' \"0.00000000\" must be above zero")]
    [InlineData("\"0.02000001\"", "0.02", "'q' 0.02 is not a decimal number in quotes")]
    [InlineData("\"61837.63000000\"", "\"92233720369.00000000\"", "'p' \"92233720369.00000000\" is not a decimal number below")]
    [InlineData("\"T\":1700000000120", "\"T\":0", "'T' 0 is not a time")]
    [InlineData("\"T\":1700000000120,", "", "'T' is missing")]
    [InlineData("\"m\":true", "\"m\":1", "'m' 1 is neither true nor false")]
    [InlineData("\"t\":42", "\"t\":-1", "'t' -1 is not a whole number")]
    [InlineData("}}", "}", "not one whole JSON object")]
    [InlineData("}}", "}}}", "not one whole JSON object")]
    public void Parse_ImpossibleField_IsRefusedNamingIt(string found, string replacement, string reason)
    {
        Assert.Equal(FrameOutcome.Malformed, Parse(Samples.Trade.Replace(found, replacement)));
        Assert.Contains(reason, _parser.Reason);
        Assert.DoesNotContain('\n', _parser.Reason);
    }

    [Theory]
    [InlineData("\"U\":100", "\"U\":106", "'U' 106 is above 'u' 105")]
    [InlineData("[\"61730.17000000\",\"1.50000000\"]", "[\"61730.17000000\"]", "level that is not")]
    [InlineData("\"1.54698000\"", "\"-1.54698000\"", "is negative")]
    public void Parse_ImpossibleDepth_IsRefusedAndLeavesNoLevels(string found, string replacement, string reason)
    {
        Assert.Equal(FrameOutcome.Malformed, Parse(Samples.Depth.Replace(found, replacement)));
        Assert.Contains(reason, _parser.Reason);
        Assert.True(_parser.Levels.IsEmpty);
    }

    [Theory]
    [InlineData("""{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","s":"BTCUSDT"}}""", "aggTrade")]
    [InlineData("""{"stream":"btcusdt@depth5","data":{"lastUpdateId":1,"bids":[],"asks":[]}}""", "btcusdt@depth5")]
    [InlineData("""{"code":-1121,"msg":"Invalid symbol."}""", "Invalid symbol.")]
    [InlineData("{}", "no event type")]
    public void Parse_UnknownKind_IsRefusedWithItsName(string frame, string name)
    {
        Assert.Equal(FrameOutcome.Unknown, Parse(frame));
        Assert.Contains(name, _parser.Reason);
    }

    [Fact]
    public void Parse_SubscriptionAnswer_IsControl() =>
        Assert.Equal(FrameOutcome.Control, Parse("""{"result":null,"id":1}"""));

    [Theory]
    [InlineData("""{"e":"serverShutdown","E":1770123456789}""")]
    [InlineData("""{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1770123456789}}""")]
    public void Parse_ServerShutdown_IsNoRefusal(string frame) => Assert.Equal(FrameOutcome.ServerShutdown, Parse(frame));

    [Fact]
    public void Parse_OtherSymbol_IsNoEventAndLeavesNoLevels()
    {
        Assert.Equal(FrameOutcome.OtherSymbol, Parse(Samples.Depth.Replace("BTCUSDT", "ETHUSDT")));
        Assert.True(_parser.Levels.IsEmpty);
    }

    [Fact]
    public void Parse_SnapshotOverTheLimit_IsRefused()
    {
        var level = string.Join(',', Enumerable.Repeat("[\"1.00000000\",\"1.00000000\"]", BinanceFrameParser.LevelsMax + 1));

        Assert.Equal(FrameOutcome.Malformed, Parse($$"""{"lastUpdateId":1,"bids":[{{level}}],"asks":[]}"""));
        Assert.Contains("more than 20000 levels", _parser.Reason);
    }

    [Fact]
    public void Parse_EveryKindInBothLayouts_AllocatesNothing()
    {
        var frames = Samples.All.Select(Samples.Bytes).ToArray();
        foreach (var frame in frames.Concat(frames.Select(frame => Samples.InAnotherLayout(frame))))
        {
            _parser.Parse(frame, Received, 1, out _);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                _parser.Parse(frame, Received, i, out _);
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated == 0, $"{allocated} bytes for 100 times {System.Text.Encoding.UTF8.GetString(frame)}");
        }
    }

    private FrameOutcome Parse(string frame) => _parser.Parse(Samples.Bytes(frame), Received, 7, out _);

    private MarketEvent ParseEvent(string frame, bool anotherLayout)
    {
        var bytes = Samples.Bytes(frame);
        var outcome = _parser.Parse(
            anotherLayout ? Samples.InAnotherLayout(bytes) : bytes, Received, 7, out var marketEvent);
        Assert.True(outcome == FrameOutcome.Event, $"{outcome}: {_parser.Reason}");
        return marketEvent;
    }
}
