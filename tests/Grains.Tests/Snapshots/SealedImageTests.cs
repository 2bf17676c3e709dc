using BtcAgent.Domain;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Snapshots;
using BtcAgent.Grains.Snapshots;

namespace BtcAgent.Grains.Tests.Snapshots;

public sealed class SealedImageTests
{
    private static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");

    [Fact]
    public void Restore_WhatWasTaken_IsTheSameStateAgain()
    {
        var image = SealedImage.Take(Pipeline());
        var restored = new FeaturePipeline(Btc, new FeatureOptions());
        SealedImage.Restore(image, restored);

        Assert.Equal(image, SealedImage.Take(restored));
        Assert.Equal(7, restored.LastSequence);
        Assert.InRange(image.Length, 100, 4_000);
    }

    [Fact]
    public void Restore_DamagedBytes_IsRefused()
    {
        var image = SealedImage.Take(Pipeline());
        for (var i = 0; i < image.Length; i++)
        {
            var damaged = (byte[])image.Clone();
            damaged[i] ^= 0x10;
            Refused("it is damaged", damaged);
            Refused("it is damaged", image[..i]);
        }
    }

    [Fact]
    public void Restore_AnotherStateInTheImage_IsRefused() =>
        Refused("version of FeaturePipeline: the state was saved with 9, this program has 1", SealedImage.Take(new Other()));

    private static void Refused(string why, byte[] image) => Assert.StartsWith(
        why,
        Assert.Throws<StateFormatException>(() => SealedImage.Restore(image, new FeaturePipeline(Btc, new FeatureOptions()))).Message,
        StringComparison.Ordinal);

    private static FeaturePipeline Pipeline()
    {
        var pipeline = new FeaturePipeline(Btc, new FeatureOptions());
        pipeline.Apply(
            new MarketEvent
            {
                Kind = MarketEventKind.Trade,
                Sequence = 7,
                EventTime = new Timestamp(1_800_000_000_000_000_000),
                Price = Price.Parse("50000"),
                Quantity = Quantity.Parse("0.1"),
            },
            []);
        return pipeline;
    }

    private sealed class Other : IStateful
    {
        public void Save(StateWriter writer) => writer.Version(9);

        public void Load(StateReader reader) => reader.Version(nameof(Other), 9);
    }
}
