using BtcAgent.Contracts.Trading;
using BtcAgent.Grains.Measurement;

namespace BtcAgent.Grains.Tests.Measurement;

public sealed class LatencyBoardTests
{
    [Fact]
    public void Read_NothingRecorded_EveryStageIsThereWithZeroCount()
    {
        var read = new LatencyBoard().Read();

        Assert.Equal(Enum.GetValues<LatencyStage>(), read.Select(p => p.Stage));
        Assert.All(read, p => Assert.Equal(0, p.Count));
    }

    [Fact]
    public void Read_OneToHundredMilliseconds_PercentilesWithinThreeDigits()
    {
        var board = new LatencyBoard();
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
}
