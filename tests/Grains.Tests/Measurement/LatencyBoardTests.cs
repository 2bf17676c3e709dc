using BtcAgent.Contracts.Measurement;
using BtcAgent.Grains.Measurement;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Grains.Tests.Measurement;

public sealed class LatencyBoardTests
{
    [Fact]
    public void Read_NothingRecorded_EveryStageIsThereWithZeroCount()
    {
        var read = new LatencyBoard(new FakeTimeProvider()).Read();

        Assert.Equal(Enum.GetValues<LatencyStage>(), read.Select(p => p.Stage));
        Assert.All(read, p => Assert.Equal(0, p.Count));
    }

    [Fact]
    public void Read_OneToHundredMilliseconds_PercentilesWithinThreeDigits()
    {
        var board = new LatencyBoard(new FakeTimeProvider());
        for (var ms = 1; ms <= 100; ms++)
        {
            board.Record(LatencyStage.TickToOrder, TimeSpan.FromMilliseconds(ms));
        }

        var read = board.Read().Single(p => p.Stage == LatencyStage.TickToOrder);

        Assert.Equal(100, read.Count);
        Assert.InRange(read.P50Ms, 49.9, 50.1);
        Assert.InRange(read.P99Ms, 98.9, 99.2);
        Assert.InRange(read.MaxMs, 99.9, 100.2);
    }

    [Fact]
    public void CountsLately_TimesOutOfTheWindow_AreForgotten()
    {
        var time = new FakeTimeProvider();
        var board = new LatencyBoard(time);
        board.Record(LatencyStage.TickToOrder, TimeSpan.FromSeconds(5));
        time.Advance((LatencyBoard.Slices - 1) * LatencyBoard.Slice);
        board.Record(LatencyStage.TickToOrder, TimeSpan.FromMilliseconds(1));
        Assert.Equal([1, 1], board.CountsLately().Single().Counts);

        time.Advance(LatencyBoard.Slice);

        Assert.Equal([1], board.CountsLately().Single().Counts);
        Assert.InRange(board.CountsLately().Single().Microseconds.Single(), 990, 1_010);
        Assert.Equal(2, board.Counts().Single().Counts.Sum());
        time.Advance(10 * LatencyBoard.Slices * LatencyBoard.Slice);
        Assert.Empty(board.CountsLately());
    }
}
