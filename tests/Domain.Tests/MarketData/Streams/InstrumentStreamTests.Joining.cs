using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;

namespace BtcAgent.Domain.Tests.MarketData.Streams;

public sealed partial class InstrumentStreamTests
{
    /// <summary>A silo that starts while a feed has been up for days has no memory of the feed's epoch.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Open_NothingReadBefore_JoinsTheEpochWhereverItIs(int lines)
    {
        var stream = new InstrumentStream(lines);
        var batch = Batch(7, 5 * MarketDataBatch.MissingMax, 3);

        Assert.Equal(batch.Events[0].Sequence, stream.Expected(batch));
        Assert.True(stream.Open(batch));
        Assert.Equal(3, Rest(stream).Count);
        Assert.Equal(0, stream.Missing);
    }

    /// <summary>Whichever comes first, forged batches do not keep the stream from the feed.</summary>
    [Theory]
    [InlineData(1, 5 * MarketDataBatch.MissingMax, 1_000)]
    [InlineData(2, 5 * MarketDataBatch.MissingMax, 1_000)]
    [InlineData(1, 1, 5 * MarketDataBatch.MissingMax)]
    [InlineData(2, 1, 5 * MarketDataBatch.MissingMax)]
    public void Open_JoinedAtASequenceOfNoFeed_JoinsTheFeedAtItsNextBatch(int lines, long forged, long feed)
    {
        var stream = new InstrumentStream(lines);
        Assert.True(stream.Open(Batch(7, forged, 1)));
        Assert.Single(Rest(stream));

        Assert.True(stream.Open(Batch(7, feed, 4)));
        Assert.Equal(lines == 1, stream.HasBegun);
        Assert.Equal(4, Rest(stream).Count);
        Assert.True(stream.Open(Batch(7, feed + 4, 2)));
        Assert.False(stream.HasBegun);
        Assert.Equal(2, Rest(stream).Count);
        Assert.Equal(0, stream.Missing);
    }

    /// <summary>Once two batches in a row fit together, a batch from elsewhere changes nothing.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 9 * MarketDataBatch.MissingMax)]
    [InlineData(2, 9 * MarketDataBatch.MissingMax)]
    public void Open_ConfirmedAndABatchFromElsewhere_ContinuesWithTheFeed(int lines, long forged)
    {
        const long Feed = 5 * MarketDataBatch.MissingMax;
        var stream = new InstrumentStream(lines);
        Assert.True(stream.Open(Batch(7, Feed, 2)));
        Assert.Equal(2, Rest(stream).Count);
        Assert.True(stream.Open(Batch(7, Feed + 2, 2)));
        Assert.Equal(2, Rest(stream).Count);

        stream.Open(Batch(7, forged, 1));
        Assert.Empty(Rest(stream));
        Assert.Equal(Feed + 4, stream.Expected(Batch(7, Feed + 4, 3)));
        Assert.True(stream.Open(Batch(7, Feed + 4, 3)));
        Assert.False(stream.HasBegun);
        Assert.Equal(3, Rest(stream).Count);
    }

    [Fact]
    public void Forwarded_ReaderThatJoinedAgain_IsFollowed()
    {
        var stream = InstrumentStream.Forwarded();
        stream.Open(Batch(9, 1, 10));
        Assert.Equal(10, Rest(stream).Count);
        stream.Open(Batch(9, 8 * MarketDataBatch.MissingMax, 1));
        Assert.Single(Rest(stream));

        Assert.True(stream.Open(Batch(9, 11, 3)));
        Assert.True(stream.HasBegun);
        Assert.Equal([11, 12, 13], Rest(stream));
        Assert.True(stream.Open(Batch(9, 0, 1)));
        Assert.Equal([0], Rest(stream));
        Assert.Equal(13, stream.LastSequence);
    }
}
