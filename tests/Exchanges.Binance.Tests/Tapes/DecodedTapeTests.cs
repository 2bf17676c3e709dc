namespace BtcAgent.Exchanges.Binance.Tests.Tapes;

public sealed class DecodedTapeTests
{
    [Fact]
    public void Load_RecordedTape_HoldsEveryEventAndNoRefusal()
    {
        var problems = new List<string>();
        var tape = DecodedTape.Load(
            InstrumentId.Parse("BINANCE:BTCUSDT"),
            [
                RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz"),
                RecordedData.Require("ws-spot-2024/spot_btcusdt_20240809.gz"),
            ],
            problems.Add);

        Assert.Empty(problems);
        Assert.Equal(19_904, tape.Statistics.Trades);
        Assert.Equal(6_495, tape.Statistics.BookDeltas);
        Assert.Equal(73_174, tape.Statistics.Quotes);
        Assert.Equal(1, tape.Statistics.BookSnapshots);
        Assert.Equal(99_574, tape.Statistics.Frames);
        Assert.Equal(99_574, tape.Events[^1].Sequence);
        Assert.Equal(tape.Levels.Length, tape.Events[^1].LevelsStart + tape.Events[^1].LevelCount);
    }
}
