using BtcAgent.Domain;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;
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
        var features = new FeatureStream(new FeaturePipeline(Instrument, new FeatureOptions()), new InstrumentStream());
        var samples = 0;

        SimulatedHistory.Run(new SimulatorOptions(), "BTCUSDT", End, TimeSpan.FromSeconds(150), (in e, levels) =>
        {
            Assert.True(features.Takes(in e, out var sample));
            if (sample is not null)
            {
                samples++;
                Assert.True(sample.BookInSync);
            }

            features.Apply(in e, levels);
        });

        Assert.InRange(samples, 148, 150);
        Assert.Equal(0, features.Counters.BookGaps);
        Assert.Equal(0, features.Counters.SequenceHoles);
        Assert.Equal(0, features.Counters.Duplicates);
        Assert.True(features.Counters.TopComparable > 10);
        Assert.Equal(features.Counters.TopComparable, features.Counters.TopMatches);
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
