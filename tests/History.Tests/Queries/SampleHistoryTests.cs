using System.Collections.Immutable;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.History.Files;
using BtcAgent.History.Log;
using BtcAgent.History.Queries;
using BtcAgent.History.Tests.Files;

namespace BtcAgent.History.Tests.Queries;

/// <summary>Samples for a training, as they were scored.</summary>
public sealed class SampleHistoryTests : IDisposable
{
    private static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");
    private static readonly FeatureSchema Schema = FeatureSchema.Create(new FeatureOptions());
    private static readonly Timestamp Start = new(1_795_996_790_000_000_000);

    private readonly HistoryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Twenty seconds over midnight: warm-up, another schema (FreqAI issue #10801), a repeated instant and one outside of the window.
    /// </summary>
    [Fact]
    public async Task Read_MixedSamples_AreTheUsableOnesBitForBit()
    {
        List<Fact> facts = [];
        for (var second = 0; second < 20; second++)
        {
            facts.Add(Sample(second, isWarm: second >= 3, hash: second is 5 or 6 ? 7UL : Schema.Hash));
        }

        facts.Add(Sample(19, isWarm: true, Schema.Hash));
        await StoreAsync(facts);

        var samples = await new SampleHistory(_folder.Path, Schema, 256).ReadAsync(
            Btc, Start + TimeSpan.FromSeconds(1), Start + TimeSpan.FromSeconds(20), null, Cancelled);

        Assert.Equal((2L, 2L), (samples.WarmUp, samples.OtherSchema));
        int[] seconds = [3, 4, .. Enumerable.Range(7, 13)];
        Assert.Equal(seconds.Select(second => Start + TimeSpan.FromSeconds(second)), samples.Times);
        Assert.Equal(seconds.Select(second => 60_000.5 + second), samples.Prices);
        Assert.Equal(
            seconds.SelectMany(second => Values(second)).Select(BitConverter.SingleToInt32Bits), samples.Values.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public async Task Read_OtherInstrumentOrNothing_IsEmptyOrSaysWhy()
    {
        await StoreAsync([Sample(3, isWarm: true, Schema.Hash)]);
        var history = new SampleHistory(_folder.Path, Schema, 256);

        Assert.Equal(0, (await history.ReadAsync(InstrumentId.Parse("BINANCE:ETHUSDT"), Start, Start + TimeSpan.FromDays(1), null, Cancelled)).Count);
        var missing = new SampleHistory(Path.Combine(_folder.Path, "none"), Schema, 256);
        await Assert.ThrowsAsync<HistoryException>(() => missing.ReadAsync(Btc, Start, Start + TimeSpan.FromDays(1), null, Cancelled));
    }

    private async Task StoreAsync(List<Fact> facts)
    {
        await using var sink = _folder.Sink(null, Schema);
        await _folder.FeedAsync(
            sink, new LogPartition("local-test", FactTopic.Features, 0), [.. facts.Select((fact, i) => RecordedMarket.Record(i, fact))], batch: 8);
    }

    private static FeatureFact Sample(int second, bool isWarm, ulong hash) => new(new FeatureSample
    {
        Instrument = Btc,
        EventTime = Start + TimeSpan.FromSeconds(second),
        ReceiveTime = Start + TimeSpan.FromSeconds(second),
        LastSequence = second + 1,
        SchemaHash = hash,
        Values = Values(second),
        IsWarm = isWarm,
        BookInSync = true,
        Quote = new Quote(
            Price.FromUnits((60_000L + second) * 100_000_000), Quantity.FromUnits(1), Price.FromUnits((60_001L + second) * 100_000_000), Quantity.FromUnits(1)),
        LastEventTime = Start,
        ClosedBars = [],
    });

    private static ImmutableArray<float> Values(int second) =>
        [.. Enumerable.Range(0, Schema.Count).Select(i => i == 4 ? float.NaN : (float)Math.Sin((second * 100) + i))];
}
