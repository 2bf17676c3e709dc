using BtcAgent.Domain;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Simulator.History;
using BtcAgent.Exchanges.Simulator.Settings;

namespace BtcAgent.Exchanges.Simulator.Tests.Flow;

/// <summary>Signs of trades have long memory (Lillo, Farmer 2004): the correlation decays with a power of the lag.</summary>
public sealed class OrderSignTests
{
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_700_000_000_000);

    [Fact]
    public void Run_OneHour_SignsOfTradesStayCorrelatedOverAThousandTrades()
    {
        var signs = Signs(1, TimeSpan.FromHours(1));
        var correlations = new[] { 1, 10, 100, 1_000 }.Select(lag => Correlation(signs, lag)).ToArray();
        var said = string.Join(", ", correlations.Select(c => c.ToString("F3", null)));
        TestContext.Current.TestOutputHelper?.WriteLine(said);

        Assert.True(correlations[0] > correlations[2], said);
        Assert.True(correlations[2] > correlations[3], said);
        Assert.InRange(correlations[3], 0.05, 0.3);
    }

    [Fact]
    public void Run_SessionAndHistoryOfOneSeed_AreDifferentMarkets()
    {
        var history = new List<MarketEvent>();
        SimulatedHistory.Run(new SimulatorOptions(), "BTCUSDT", Start + TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), (in e, _) => history.Add(e));

        Assert.Equal(Session(1), Session(1));
        Assert.NotEqual(history.Select(e => e.Price), Session(1).Select(e => e.Price));
    }

    private static List<MarketEvent> Session(int seed)
    {
        var events = new List<MarketEvent>();
        SimulatedSession.Run(new SimulatorOptions { Seed = seed }, "BTCUSDT", Start, TimeSpan.FromSeconds(5), (in e, _) => events.Add(e), TestContext.Current.CancellationToken);
        return events;
    }

    private static List<int> Signs(int seed, TimeSpan span)
    {
        var signs = new List<int>();
        SimulatedSession.Run(
            new SimulatorOptions { Seed = seed },
            "BTCUSDT",
            Start,
            span,
            (in e, _) =>
            {
                if (e.Kind == MarketEventKind.Trade)
                {
                    signs.Add(e.Aggressor == Side.Buy ? 1 : -1);
                }
            },
            TestContext.Current.CancellationToken);
        return signs;
    }

    private static double Correlation(List<int> signs, int lag)
    {
        var mean = signs.Average();
        var covariance = 0.0;
        for (var i = 0; i + lag < signs.Count; i++)
        {
            covariance += (signs[i] - mean) * (signs[i + lag] - mean);
        }

        return covariance / (signs.Count - lag) / (1 - (mean * mean));
    }
}
