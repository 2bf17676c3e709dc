using BtcAgent.Grains.Risk;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Grains.Tests.Risk;

/// <summary>The time without a decision counts from the first market data on.</summary>
public sealed class DecisionSilenceTests
{
    private const string Instrument = "BINANCE:BTCUSDT";

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Of_NoMarketDataYet_IsUnknown()
    {
        var silence = new DecisionSilence(_time);
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Null(silence.Of(Instrument, events: 0, decisionAgeMs: 300_000));
    }

    [Fact]
    public void Of_FeedBeginsLongAfterTheStart_CountsFromItsFirstEvent()
    {
        var silence = new DecisionSilence(_time);
        silence.Of(Instrument, 0, 300_000);

        Assert.Equal(0, silence.Of(Instrument, 1, 300_000));
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(31_000, silence.Of(Instrument, 900, 331_000));
    }

    [Fact]
    public void Of_DecisionMeanwhile_CountsFromIt()
    {
        var silence = new DecisionSilence(_time);
        silence.Of(Instrument, 1, 5_000);
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(2_000, silence.Of(Instrument, 100, 2_000));
    }

    [Fact]
    public void Of_AnotherInstrument_HasItsOwnBeginning()
    {
        var silence = new DecisionSilence(_time);
        silence.Of(Instrument, 1, 0);
        _time.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal(0, silence.Of("BINANCE:ETHUSDT", 1, 40_000));
        Assert.Equal(40_000, silence.Of(Instrument, 2, 90_000));
    }
}
