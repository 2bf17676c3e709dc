using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Sinks;
using BtcAgent.Testing;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.History.Tests.Sinks;

public sealed class TwoLinesTests
{
    private const int BatchMax = 50;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Run_TwoLinesThatLagAndBreakAndASinkThatFails_StoresEachTradeAndQuoteOnce(int seed)
    {
        var lines = new TwoLines(seed, trades: 3_000);
        var log = new MemoryFactLog(FactTopic.MarketData);
        foreach (var payload in lines.Payloads)
        {
            log.Append(payload);
        }

        var sink = new FaultySink(new Random(seed), failureRate: 0.1) { Topic = FactTopic.MarketData, NamesOf = Names };
        var time = new FakeTimeProvider();
        var runner = new SinkRunner(log, sink, new SinkOptions { BatchMax = BatchMax }, time, new LineLogger<SinkRunner>());
        using var stop = new CancellationTokenSource();
        var running = runner.RunAsync(stop.Token);
        await Eventually.TrueAsync(
            "the sink has stored everything",
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(31));
                return Task.FromResult(runner.Status is { Stored: > 0, LagSeconds: 0, Problem: null });
            },
            TimeSpan.FromSeconds(60));
        await stop.CancelAsync();
        await running;
        for (var i = 0; i < 100; i++)
        {
            await FlushAsync(sink);
        }

        Assert.True(sink.Failures > 5, $"only {sink.Failures} failures");
        Assert.Equal(lines.Expected.Select(one => $"{one.Kind} {one.Id}").Order(StringComparer.Ordinal), sink.Stored.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Pass_ContinuedAtAnyOffset_AnswersAsIfItHadNotStopped(int seed)
    {
        var batches = new TwoLines(seed, trades: 80_000).Batches;
        var whole = new RepeatFilter();
        var expected = batches.Select((batch, offset) => whole.Pass(batch, offset)).ToList();
        var random = new Random(seed);
        for (var i = 0; i < 10; i++)
        {
            var checkpoint = random.Next(batches.Count);
            var first = Math.Max(0, checkpoint - LineCopies.Window);
            var continued = new RepeatFilter();
            for (var offset = first; offset < batches.Count; offset++)
            {
                var passed = continued.Pass(batches[offset], offset);
                if (offset >= checkpoint)
                {
                    Assert.Equal(expected[offset], passed);
                }
            }
        }
    }

    [Fact]
    public void Pass_LineBehindByLessThanTheWindow_IsACopyAndWhatTheOtherLeftOutIsNot()
    {
        var filter = new RepeatFilter();
        Assert.NotNull(filter.Pass(Trades(0, 1, 1, 100, 101, 105, 106), 0));
        for (var offset = 1; offset < LineCopies.Window - 1; offset++)
        {
            Assert.NotNull(filter.Pass(Trades(0, 1, 4 + offset, 106 + offset), offset));
        }

        Assert.Equal([98, 102, 104], Ids(filter.Pass(Trades(1, 1, 1, 98, 100, 101, 102, 104, 105, 107), LineCopies.Window - 1)));
    }

    [Fact]
    public void Pass_VenueBeginsItsIdsAgain_KeepsTheTrades()
    {
        var filter = new RepeatFilter();
        Assert.Equal([500, 501], Ids(filter.Pass(Trades(0, 1, 1, 500, 501), 0)));
        Assert.Null(filter.Pass(Trades(1, 1, 1, 500, 501), 1));
        var (first, second) = (Trades(0, 2, 1, 1, 2), Trades(1, 2, 1, 1, 2, 3));
        foreach (var one in first.Events.Concat(second.Events))
        {
            one.EventTime += 1_000_000;
        }

        Assert.Equal([1, 2], Ids(filter.Pass(first, 2)));
        Assert.Equal([3], Ids(filter.Pass(second, 3)));
    }

    private static Task FlushAsync(FaultySink sink)
    {
        try
        {
            return sink.FlushAsync(everything: true, TestContext.Current.CancellationToken);
        }
        catch (SinkException)
        {
            return Task.CompletedTask; // The next flush stores it.
        }
    }

    private static IEnumerable<string> Names(IMessage message) => ((MarketDataBatch)message).Events.Select(one => $"{one.Kind} {one.LastId}");

    private static IEnumerable<long> Ids(MarketDataBatch? batch) => batch?.Events.Select(one => one.LastId) ?? [];

    private static IEnumerable<long> Ids(IMessage? message) => Ids((MarketDataBatch?)message);

    private static MarketDataBatch Trades(int line, long epoch, long sequence, params long[] ids)
    {
        var batch = new MarketDataBatch { Instrument = "BINANCE:BTCUSDT", FeedEpoch = epoch, Line = line };
        foreach (var id in ids)
        {
            batch.Events.Add(new MarketEvent { Kind = MarketEventKind.Trade, Sequence = sequence++, EventTime = id, FirstId = id, LastId = id, Price = 1, Quantity = 1 });
        }

        return batch;
    }
}
