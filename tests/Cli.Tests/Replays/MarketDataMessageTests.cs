using System.Text;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain.Economy;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Sentiment;
using Google.Protobuf;

namespace BtcAgent.Cli.Tests.Replays;

/// <summary>Validity of messages on topic market_data, which the agent and its replay judge alike.</summary>
public sealed class MarketDataMessageTests
{
    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");
    private static readonly Timestamp Now = Timestamp.FromUnixMilliseconds(1_700_000_000_000);
    private static readonly MarketEvent Trade = new() { Kind = MarketEventKind.Trade, Sequence = 1, EventTime = Now, ReceiveTime = Now, FirstId = 7, LastId = 7 };

    private static readonly SentimentTally Tally = new()
    {
        Number = Now.UnixMilliseconds,
        KnownAt = Now,
        Posts = 3,
        Content = 200_000_000,
        ContentTone = -100_000_000,
        ContentToneSquared = 90_000_000,
        ExtremeContent = 50_000_000,
        Influence = 20_000_000,
        InfluenceTone = -15_000_000,
        Scorer = new ScorerIdentity("lexicon-1", "ab"),
    };

    private static readonly CalendarNotice Notice = new()
    {
        Number = Now.UnixMilliseconds,
        KnownAt = Now,
        LastRelease = Now - TimeSpan.FromHours(3),
        NextRelease = Now + TimeSpan.FromDays(2),
        Surprise = 250_000_000,
    };

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

    [Fact]
    public void DecodeMessage_Tally_IsTheSameAndReadableOnTheWire()
    {
        var levels = Tally.Write(new PriceLevel[SentimentTally.LevelsMax]).ToArray();
        MarketEvent[] events = [Tally.ToEvent(1, Now) with { Aggressor = Side.Buy }, Trade with { Sequence = 2, Aggressor = Side.Buy, LevelsStart = levels.Length }];
        var batch = BatchOf(1, events) with { Levels = [.. levels] };

        var decoded = Decode(batch);
        var wire = Contracts.Wire.V1.MarketDataBatch.Parser.ParseFrom(MarketDataWire.Encode(batch)).Events[0];

        Assert.Equal(batch.Events, decoded.Events);
        Assert.Equal(batch.Levels, decoded.Levels);
        Assert.Equal(Tally, SentimentTally.Read(decoded.Events[0], decoded.LevelsOf(decoded.Events[0])));
        Assert.Equal((Tally.Number, -100_000_000, 0), (wire.LastId, wire.Sentiment.ContentTone, wire.BidPrices.Count));
        Assert.Equal(("lexicon-1", "ab"), (wire.Sentiment.Scorer, wire.Sentiment.ScorerHash));
    }

    [Fact]
    public void DecodeMessage_TallyThatNoWriterMade_IsRefused()
    {
        RefusedTally("influence 200000004", tally => tally with { Influence = 200_000_001 + tally.Posts });
        RefusedTally("more than a day ahead", tally => tally with { Number = long.MaxValue });
        RefusedTally("is after its receive_time", tally => tally with { KnownAt = Now + TimeSpan.FromSeconds(1) });
        var wire = Contracts.Wire.V1.MarketDataBatch.Parser.ParseFrom(MarketDataWire.Encode(BatchOf(1, Trade)));
        wire.Events[0].Kind = Contracts.Wire.V1.MarketEventKind.Sentiment;
        Assert.Contains("is not a tally of posts", Assert.Throws<FormatException>(() => MarketDataWire.Decode(wire.ToByteArray())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "ab", "neither")]
    [InlineData("a b", "ab", "without spaces")]
    [InlineData("a", "\u001b[2J", "without spaces")]
    [InlineData(null, "ab", "at most 236 are possible")]
    public void DecodeMessage_ScorerThatNobodyNames_IsRefused(string? id, string hash, string what)
    {
        var levels = Tally.Write(new PriceLevel[SentimentTally.LevelsMax]);
        var wire = Contracts.Wire.V1.MarketDataBatch.Parser.ParseFrom(MarketDataWire.Encode(BatchOf(1, Tally.ToEvent(1, Now)) with { Levels = [.. levels] }));
        (wire.Events[0].Sentiment.Scorer, wire.Events[0].Sentiment.ScorerHash) = (id ?? new string('a', 300), hash);

        Assert.Contains(what, Assert.Throws<FormatException>(() => MarketDataWire.Decode(wire.ToByteArray())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(-123_000_000L)]
    public void DecodeMessage_Notice_IsTheSameAndReadableOnTheWire(long? surprise)
    {
        var notice = Notice with { Surprise = surprise };
        var levels = new PriceLevel[CalendarNotice.LevelCount];
        notice.Write(levels);
        var batch = BatchOf(1, notice.ToEvent(1, Now) with { Aggressor = Side.Buy }) with { Levels = [.. levels] };

        var decoded = Decode(batch);
        var wire = Contracts.Wire.V1.MarketDataBatch.Parser.ParseFrom(MarketDataWire.Encode(batch)).Events[0];

        Assert.Equal(batch.Events, decoded.Events);
        Assert.Equal(notice, CalendarNotice.Read(decoded.Events[0], decoded.LevelsOf(decoded.Events[0])));
        Assert.Equal((notice.Number, notice.NextRelease.UnixNanoseconds, surprise is not null, 0), (wire.LastId, wire.Calendar.NextRelease, wire.Calendar.HasSurprise, wire.BidPrices.Count));
    }

    [Fact]
    public void DecodeMessage_NoticeThatNoSourceMade_IsRefused()
    {
        RefusedNotice("next release", Notice with { NextRelease = Now });
        RefusedNotice("last release", Notice with { LastRelease = Now + TimeSpan.FromSeconds(1) });
        RefusedNotice("more than a day ahead", Notice with { Number = long.MaxValue });
        RefusedNotice("at most 100 standard deviations", Notice with { Surprise = 10_000_000_001 });
        var wire = Contracts.Wire.V1.MarketDataBatch.Parser.ParseFrom(MarketDataWire.Encode(BatchOf(1, Trade)));
        wire.Events[0].Kind = Contracts.Wire.V1.MarketEventKind.Calendar;
        Assert.Contains("is not a notice of the calendar", Assert.Throws<FormatException>(() => MarketDataWire.Decode(wire.ToByteArray())).Message, StringComparison.Ordinal);
    }

    private static void RefusedNotice(string what, CalendarNotice notice)
    {
        var levels = new PriceLevel[CalendarNotice.LevelCount];
        notice.Write(levels);
        Refused(what, BatchOf(1, notice.ToEvent(1, Now)) with { Levels = [.. levels] });
    }

    private static void RefusedTally(string what, Func<SentimentTally, SentimentTally> change)
    {
        var tally = change(Tally);
        var levels = tally.Write(new PriceLevel[SentimentTally.LevelsMax]);
        Refused(what, BatchOf(1, tally.ToEvent(1, Now) with { ReceiveTime = Now }) with { Levels = [.. levels] });
    }

    private static MarketDataBatch BatchOf(long epoch, params MarketEvent[] events) => new(Instrument, epoch, [.. events], [], Now);

    private static MarketDataBatch Decode(MarketDataBatch batch, string key = "BINANCE:BTCUSDT") =>
        MarketDataWire.DecodeMessage(Encoding.UTF8.GetBytes(key), MarketDataWire.Encode(batch), Now.ToDateTimeOffset());

    private static void Refused(string what, MarketDataBatch batch) =>
        Assert.Contains(what, Assert.Throws<FormatException>(() => Decode(batch)).Message, StringComparison.Ordinal);
}
