using System.Collections.Immutable;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Domain.Tests.Trading;

public sealed class VirtualLaneTests
{
    private static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");
    private static readonly Timestamp Midnight = Timestamp.FromUnixMilliseconds(1_767_225_600_000); // 2026-01-01

    [Fact]
    public void OnSample_Signal_IsFilledAtTheQuoteOfTheNextSample()
    {
        var lane = NewLane();
        lane.OnSample(Sample(0, 50_000), Signal(0, SignalDirection.Long));
        Assert.Equal(0, lane.Summary.FillCount);

        lane.OnSample(Sample(1, 51_000), Signal(1, SignalDirection.Long));

        Assert.Equal(1, lane.Summary.FillCount);
        // Bought above the first quote: the loss is half a spread and the fee, not the move from 50,000 to 51,000.
        Assert.InRange(lane.Summary.Equity - lane.Summary.Capital, -30m, 0m);
        lane.OnSample(Sample(2, 51_510), Signal(2, SignalDirection.Long));
        Assert.True(lane.Summary.Equity > lane.Summary.Capital, $"{lane.Summary}");
    }

    [Fact]
    public void Days_AreCountedOnceTheyAreOver_AndNotTheFirstPartOfOne()
    {
        var lane = NewLane();
        for (var second = 43_200; second < 86_400 * 3; second += 3_600)
        {
            lane.OnSample(Sample(second, 50_000 + (second / 100)), Signal(second, second % 7_200 == 0 ? SignalDirection.Long : SignalDirection.Flat));
        }

        Assert.Equal([new DateOnly(2026, 1, 2)], lane.Days.Select(d => d.Day));
        Assert.Equal(24, lane.Days[0].Samples);
        Assert.Equal(new DateOnly(2026, 1, 3), lane.Today!.Day);
        Assert.True(lane.Summary.FillCount >= lane.Days[0].Fills + lane.Today.Fills);
    }

    [Fact]
    public void State_RestoredAnywhere_GivesTheSameDays()
    {
        VirtualLane whole = NewLane(), resumed = NewLane();
        var random = new Random(7);
        for (var second = 0; second < 86_400 * 4; second += 600)
        {
            var (sample, signal) = (Sample(second, 50_000 + random.Next(-400, 400)), Signal(second, (SignalDirection)random.Next(-1, 2)));
            whole.OnSample(sample, signal);
            resumed.OnSample(sample, signal);
            if (!resumed.HasOrders)
            {
                resumed = NewLane(resumed.ToState());
            }
        }

        Assert.Equal(2, whole.Days.Length); // The first day is that of the opening, the fourth is not over.
        Assert.Equal(whole.Days.AsEnumerable(), resumed.Days);
        Assert.Equal(whole.Summary.Equity, resumed.Summary.Equity);
    }

    [Theory]
    [InlineData(SignalGate.SentimentUnknown)]
    [InlineData(SignalGate.CalendarUnknown)]
    public void OnSample_WithoutItsSource_WaitsAndHasNotFailed(string code)
    {
        var lane = NewLane();
        var signal = Signal(0, SignalDirection.Flat, double.NaN);
        lane.OnSample(Sample(0, 50_000), signal with { Refusals = [new SignalRefusal(code, "its source is away")] });
        Assert.Equal((0, 0), (lane.Today!.Samples, lane.Today.Failures));
        lane.OnSample(Sample(1, 50_000), signal with { Refusals = [new SignalRefusal(SignalGate.ModelNotReady, "x")] });
        Assert.Equal((1, 1), (lane.Today!.Samples, lane.Today.Failures));
    }

    [Fact]
    public void OnFailure_OfAModel_IsCountedAndSendsNothing()
    {
        var lane = NewLane();
        lane.OnSample(Sample(0, 50_000), Signal(0, SignalDirection.Flat, double.NaN));
        lane.OnFailure(Sample(1, 50_000));

        Assert.Equal((2, 2, 0), (lane.Today!.Samples, lane.Today.Failures, lane.Summary.FillCount));
        Assert.Null(lane.Today.ScoreMax);
    }

    /// <summary>The windows fill again after each start: a shadow lost its error budget then.</summary>
    [Fact]
    public void OnSample_WithoutAScore_IsAFailureOnlyOnceTheWindowsAreFull()
    {
        var lane = NewLane();
        lane.OnSample(Sample(0, 50_000) with { IsWarm = false }, Signal(0, SignalDirection.Flat, double.NaN));
        Assert.Equal((0, 0), (lane.Today!.Samples, lane.Today.Failures));
        lane.OnSample(Sample(1, 50_000) with { IsWarm = false }, Signal(1, SignalDirection.Flat));
        Assert.Equal((1, 0), (lane.Today!.Samples, lane.Today.Failures));
        lane.OnSample(Sample(2, 50_000), Signal(2, SignalDirection.Flat, double.NaN) with { Refusals = [new SignalRefusal(SignalGate.ModelNotReady, "a feature is unknown")] });
        Assert.Equal((2, 1), (lane.Today!.Samples, lane.Today.Failures));
        lane.OnFailure(Sample(3, 50_000) with { IsWarm = false });
        Assert.Equal((3, 2), (lane.Today!.Samples, lane.Today.Failures));
    }

    private static VirtualLane NewLane(VirtualLaneState? state = null) => new(
        "model",
        new TradingRules
        {
            Instrument = Btc,
            BaseAsset = "BTC",
            QuoteAsset = "USDT",
            TickSize = Price.Parse("0.01"),
            LotSize = Quantity.Parse("0.00001"),
            MinQuantity = Quantity.Parse("0.00001"),
            MaxQuantity = Quantity.Parse("9000"),
            MinNotional = 5,
        },
        new VirtualTerms(
            "USDT",
            ImmutableSortedDictionary<string, decimal>.Empty.Add("USDT", 100_000),
            new RiskLimits { MaxDrawdown = 0.9m, DailyLossLimit = 0.9m },
            new SizingOptions(),
            new PlacementOptions(),
            new PaperOptions()),
        state);

    private static FeatureSample Sample(int second, decimal mid) => new()
    {
        Instrument = Btc,
        EventTime = Midnight + TimeSpan.FromSeconds(second),
        ReceiveTime = Midnight + TimeSpan.FromSeconds(second),
        LastSequence = second + 1,
        SchemaHash = 1,
        Values = [],
        IsWarm = true,
        Quote = new Quote(Price.FromDecimal(mid - 0.5m), Quantity.Parse("10"), Price.FromDecimal(mid + 0.5m), Quantity.Parse("10")),
        BookInSync = true,
        LastEventTime = Midnight + TimeSpan.FromSeconds(second),
        ClosedBars = [],
    };

    private static Signal Signal(int second, SignalDirection direction, double score = 0.1) => new()
    {
        Instrument = Btc,
        Strategy = "s",
        EventTime = Midnight + TimeSpan.FromSeconds(second),
        ModelId = "model",
        ModelHash = "0",
        Direction = direction,
        Score = score,
        Confidence = 1,
        ExpectedMoveBps = 500,
        Refusals = [],
    };
}
