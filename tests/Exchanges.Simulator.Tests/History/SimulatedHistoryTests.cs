using BtcAgent.Domain;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Simulator.History;
using BtcAgent.Exchanges.Simulator.Settings;

namespace BtcAgent.Exchanges.Simulator.Tests.History;

public sealed class SimulatedHistoryTests
{
    private static readonly Timestamp End = Timestamp.FromUnixMilliseconds(1_700_000_000_000);
    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");

    [Fact]
    public void Run_ThroughTheFeaturePipeline_HasNoGapAndTheVenuesTop()
    {
        var pipeline = new FeaturePipeline(Instrument, new FeatureOptions());
        var samples = 0;

        SimulatedHistory.Run(new SimulatorOptions(), "BTCUSDT", End, TimeSpan.FromSeconds(150), (in e, levels) =>
        {
            if (pipeline.TrySample(in e, out var sample))
            {
                samples++;
                Assert.True(sample.BookInSync);
            }

            pipeline.Apply(in e, levels);
        });

        Assert.InRange(samples, 148, 150);
        Assert.Equal(0, pipeline.Counters.BookGaps);
        Assert.Equal(0, pipeline.Counters.SequenceHoles);
        Assert.Equal(0, pipeline.Counters.Duplicates);
        Assert.True(pipeline.Counters.TopComparable > 10);
        Assert.Equal(pipeline.Counters.TopComparable, pipeline.Counters.TopMatches);
    }

    [Fact]
    public void Run_SameSeed_SameEvents()
    {
        Assert.Equal(Record(1), Record(1));
        Assert.NotEqual(Record(1), Record(2));
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        var events = 0;

        Assert.Throws<OperationCanceledException>(() => SimulatedHistory.Run(
            new SimulatorOptions(), "BTCUSDT", End, TimeSpan.FromDays(1), (in _, _) => events += events == 0 ? Stop(stop) : 1, null, stop.Token));

        Assert.InRange(events, 1, 100_000);
    }

    private static int Stop(CancellationTokenSource stop)
    {
        stop.Cancel();
        return 1;
    }

    private static List<MarketEvent> Record(int seed)
    {
        var events = new List<MarketEvent>();
        SimulatedHistory.Run(
            new SimulatorOptions { Seed = seed }, "BTCUSDT", End, TimeSpan.FromSeconds(5), (in e, _) => events.Add(e));
        return events;
    }
}
