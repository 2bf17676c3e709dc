using System.IO.Compression;
using BtcAgent.Domain;
using BtcAgent.Domain.Features;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Grains.Snapshots;
using BtcAgent.Testing;

namespace BtcAgent.Grains.Tests.Snapshots;

public sealed class StateImageTests
{
    private static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Restore_InTheMiddleOfATape_GoesOnToTheSameBits(double cut)
    {
        var tape = DecodedTape.Load(Btc, [RecordedData.Require("ws-spot-2024/spot_btcusdt_20240809.gz")]);
        var whole = new FeaturePipeline(Btc, new FeatureOptions());
        var at = (int)(tape.Events.Length * cut);
        Play(whole, tape, 0, at);
        var bytes = new StateImage(whole.Schema).Take(whole);
        var restored = new StateImage(whole.Schema).Restore<FeaturePipeline>(bytes);
        var first = Play(whole, tape, at, tape.Events.Length);
        var second = Play(restored, tape, at, tape.Events.Length);
        Assert.True(first.Count > 20);
        Assert.Equal(first.Select(Bits), second.Select(Bits));
        Assert.Equal(whole.Counters, restored.Counters);
        Assert.Equal(whole.Synchronizer.LastUpdateId, restored.Synchronizer.LastUpdateId);
    }

    [Fact]
    public void Restore_ASharedObject_IsSharedAgain()
    {
        var pipeline = new FeaturePipeline(Btc, new FeatureOptions());
        var restored = new StateImage(pipeline.Schema).Restore<FeaturePipeline>(new StateImage(pipeline.Schema).Take(pipeline));
        Assert.Same(pipeline.Schema, restored.Schema);
        Assert.NotSame(pipeline.Book, restored.Book);

        var node = new Node { Name = "a" };
        node.Next = node;
        node.Twice = [node, null, node];
        var copy = new StateImage().Restore<Node>(new StateImage().Take(node));
        Assert.Same(copy, copy.Next);
        Assert.Same(copy, copy.Twice![2]);
        Assert.Null(copy.Twice[1]);
        Assert.Equal(("a", Colour.Green, 7), (copy.Name, copy.Colour, copy.Maybe));
    }

    [Fact]
    public void Restore_DamagedBytes_IsRefused()
    {
        var image = new StateImage();
        var bytes = image.Take(new Node { Name = "a", Twice = new Node?[100] });
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= 0x10;
            Assert.Throws<FormatException>(() => image.Restore<Node>(damaged));
            Assert.Throws<FormatException>(() => image.Restore<Node>(bytes[..i]));
        }
    }

    [Fact]
    public void Restore_OtherFields_IsRefused()
    {
        var image = new StateImage();
        var body = Unpack(image.Take(new Node { Name = "a" }));
        Assert.Equal("a", image.Restore<Node>(Pack(body)).Name);

        // The eight bytes behind the type's name are the hash of its fields.
        body[body.AsSpan().IndexOf(", BtcAgent.Grains.Tests"u8) + ", BtcAgent.Grains.Tests".Length] ^= 1;
        var refused = Assert.Throws<FormatException>(() => image.Restore<Node>(Pack(body)));
        Assert.Contains("other fields", refused.Message, StringComparison.Ordinal);
    }

    private static byte[] Unpack(byte[] image)
    {
        using var unpacked = new MemoryStream();
        using var brotli = new BrotliStream(new MemoryStream(image, 8, image.Length - 8), CompressionMode.Decompress);
        brotli.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private static byte[] Pack(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(body);
        }

        return StateImage.Seal(packed.ToArray());
    }

    private static List<FeatureSample> Play(FeaturePipeline pipeline, DecodedTape tape, int from, int to)
    {
        var samples = new List<FeatureSample>();
        for (var i = from; i < to; i++)
        {
            if (pipeline.TrySample(in tape.Events[i], out var sample))
            {
                samples.Add(sample);
            }

            pipeline.Apply(in tape.Events[i], tape.LevelsOf(in tape.Events[i]));
        }

        return samples;
    }

    private static string Bits(FeatureSample sample) =>
        $"{sample.EventTime.UnixNanoseconds} {sample.LastSequence} {sample.Quote} {sample.IsWarm} {sample.ClosedBars.Length} "
        + string.Join(',', sample.Values.Select(BitConverter.SingleToInt32Bits));

    private enum Colour
    {
        Red,
        Green,
    }

    private sealed class Node
    {
        public string Name { get; init; } = "";

        public Colour Colour { get; init; } = Colour.Green;

        public int? Maybe { get; init; } = 7;

        public Node? Next { get; set; }

        public Node?[]? Twice { get; set; }
    }
}
