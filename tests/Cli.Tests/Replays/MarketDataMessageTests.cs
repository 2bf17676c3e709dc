using System.Text;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Cli.Tests.Replays;

/// <summary>Validity of messages on topic market_data, which the agent and its replay judge alike.</summary>
public sealed class MarketDataMessageTests
{
    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");
    private static readonly Timestamp Now = Timestamp.FromUnixMilliseconds(1_700_000_000_000);
    private static readonly MarketEvent Trade = new() { Kind = MarketEventKind.Trade, Sequence = 1, EventTime = Now, ReceiveTime = Now, FirstId = 7, LastId = 7 };

    [Fact]
    public void DecodeMessage_AReadersBatch_IsTaken() => Assert.Equal(Instrument, Decode(BatchOf(1, Trade)).Instrument);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void DecodeMessage_EpochOutOfRange_IsRefusedByName(long epoch) => Refused($"feed_epoch {epoch}", BatchOf(epoch, Trade));

    [Fact]
    public void DecodeMessage_SequencesThatDoNotGrow_AreRefused() => Refused("sequence 1", BatchOf(1, Trade, Trade));

    [Fact]
    public void DecodeMessage_NegativeTime_IsRefused() => Refused("event_time -1", BatchOf(1, Trade with { EventTime = new Timestamp(-1) }));

    [Fact]
    public void DecodeMessage_LastIdBeforeTheFirst_IsRefused() => Refused("last_id 6", BatchOf(1, Trade with { LastId = 6 }));

    [Fact]
    public void DecodeMessage_KeyOfAnotherInstrument_IsRefused() =>
        Assert.Contains(
            "key 'BINANCE:ETHUSDT' is not the batch's instrument",
            Assert.Throws<FormatException>(() => Decode(BatchOf(1, Trade), key: "BINANCE:ETHUSDT")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(1, true)]
    [InlineData(-1, true)]
    [InlineData(30, false)]
    public void DecodeMessage_AProducersClockADayOff_IsTakenAndAMonthIsNot(int days, bool isTaken)
    {
        var batch = BatchOf(1, Trade) with { IngestedAt = Now + TimeSpan.FromDays(days) };
        Assert.Equal(isTaken, Record.Exception(() => Decode(batch)) is null);
    }

    private static MarketDataBatch BatchOf(long epoch, params MarketEvent[] events) => new(Instrument, epoch, [.. events], [], Now);

    private static MarketDataBatch Decode(MarketDataBatch batch, string key = "BINANCE:BTCUSDT") =>
        MarketDataWire.DecodeMessage(Encoding.UTF8.GetBytes(key), MarketDataWire.Encode(batch), Now.ToDateTimeOffset());

    private static void Refused(string what, MarketDataBatch batch) =>
        Assert.Contains(what, Assert.Throws<FormatException>(() => Decode(batch)).Message, StringComparison.Ordinal);
}
