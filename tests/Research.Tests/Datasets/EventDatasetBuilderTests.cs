using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Leakage;
using BtcAgent.Testing;

namespace BtcAgent.Research.Tests.Datasets;

public sealed class EventDatasetBuilderTests
{
    private static readonly FeatureOptions Options = new() { VpinBucketBase = 0.2 };
    private static readonly Lazy<DecodedTape> Tape = new(() => DecodedTape.Load(
        Market.Btc,
        [
            RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz"),
            RecordedData.Require("ws-spot-2024/spot_btcusdt_20240809.gz"),
        ]));

    [Fact]
    public void Build_RecordedTape_HoldsTheWarmSamplesOfThePipeline()
    {
        var tape = Tape.Value;
        var dataset = Build(tape.Events);
        var pipeline = new FeaturePipeline(Market.Btc, Options);
        var row = 0;
        foreach (var next in tape.Events)
        {
            if (pipeline.TrySample(in next, out var sample) && sample.IsWarm && sample.BookInSync)
            {
                Assert.Equal(sample.EventTime, dataset.Times[row]);
                Assert.Equal((double)sample.Quote.Mid, dataset.Prices[row]);
                Assert.Equal(sample.Values.AsSpan(), dataset.Row(row++));
            }

            pipeline.Apply(in next, tape.LevelsOf(in next));
        }

        Assert.Equal(row, dataset.Rows);
        Assert.InRange(row, 300, 650);
        Assert.Equal(pipeline.Schema.Hash, dataset.SchemaHash);
    }

    [Fact]
    public void Build_RecordedTape_LooksNotAhead()
    {
        var dataset = Build(Tape.Value.Events);
        var rows = LookAheadAudit.ChooseRows(dataset, 5, seed: 3);

        Assert.Empty(LookAheadAudit.Run(
            dataset, rows, t => Build(EventDatasetBuilder.Before(Tape.Value.Events, t), until: t)));
    }

    [Fact]
    public void ShiftedLabel_RecordedTape_SuspectsNoFeature()
    {
        var dataset = Build(Tape.Value.Events);
        var labels = new FixedHorizonLabeler(TimeSpan.FromSeconds(10))
            .Label(dataset, PricePath.FromRows(dataset, TimeSpan.FromSeconds(5)));

        Assert.Empty(new ShiftedLabelTest().Run(dataset, labels));
    }

    [Fact]
    public void Build_EventsAfterALostConnection_GivesNoRowWithoutABook()
    {
        var tape = Tape.Value;
        var half = tape.Events.Length / 2;
        var events = tape.Events[..half]
            .Append(new MarketEvent { Kind = MarketEventKind.FeedInterrupted, Sequence = half + 1, EventTime = tape.Events[half - 1].EventTime })
            .Concat(tape.Events[half..].Select(e => e with { Sequence = e.Sequence + 1 })).ToArray();
        var whole = Build(tape.Events);
        var broken = EventDatasetBuilder.Build(Market.Btc, Options, events, (in MarketEvent e) => tape.LevelsOf(in e));

        Assert.InRange(broken.Rows, 1, whole.Rows * 2 / 3);
        Assert.Equal(whole.Times[..broken.Rows], broken.Times);
    }

    [Fact]
    public void Build_Canceled_Stops() => Assert.Throws<OperationCanceledException>(() => EventDatasetBuilder.Build(
        Market.Btc, Options, [new() { Kind = MarketEventKind.Trade }], (in MarketEvent _) => [], cancel: new CancellationToken(true)));

    private static FeatureDataset Build(ReadOnlySpan<MarketEvent> events, Timestamp? until = null) =>
        EventDatasetBuilder.Build(Market.Btc, Options, events, (in MarketEvent e) => Tape.Value.LevelsOf(in e), until);
}
