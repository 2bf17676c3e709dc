using BtcAgent.Domain;
using BtcAgent.Grains.Tests.Execution;

namespace BtcAgent.Grains.Tests.Instruments;

/// <summary>The venue's rules, without which nothing is ordered or booked.</summary>
public sealed class InstrumentRulesTests
{
    [Fact]
    public async Task SetRules_AfterARestart_AreThere()
    {
        await using var cluster = await LiveCluster.StartAsync();
        var rules = PlainRules.Of(LiveCluster.Btc) with { MinNotional = 7 };
        await cluster.Instrument.SetRules(rules);
        await cluster.RestartAsync(cluster.Instrument);
        Assert.Equal(rules, await cluster.Instrument.GetRules());
    }

    [Fact]
    public async Task SetRules_OfAnotherInstrument_AreRefusedAndTheOldOnesStay()
    {
        await using var cluster = await LiveCluster.StartAsync();
        var refused = await Assert.ThrowsAsync<ArgumentException>(
            () => cluster.Instrument.SetRules(PlainRules.Of(LiveCluster.Btc) with { Instrument = InstrumentId.Parse("BINANCE:ETHUSDT") }));
        Assert.Contains("BINANCE:ETHUSDT", refused.Message, StringComparison.Ordinal);
        Assert.Equal(PlainRules.Of(LiveCluster.Btc), await cluster.Instrument.GetRules());
    }
}
