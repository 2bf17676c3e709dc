using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using BtcAgent.Contracts.Events;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.History.Datasets;
using BtcAgent.History.Live;
using BtcAgent.History.Log.Local;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.History.Tests.Live;

public sealed partial class LiveEventsTests
{
    private static string NameOf(LiveEvent one) => JsonDocument.Parse(one.Json).RootElement.GetProperty("name").GetString()!;

    private static MarketFact Quote(int number) => new(new MarketDataBatch(
        Btc,
        1,
        [new MarketEvent { Kind = MarketEventKind.Quote, Sequence = number, ReceiveTime = new Timestamp(number), LastId = number, Price = Price.Parse("60000"), AskPrice = Price.Parse("60001") }],
        [],
        new Timestamp(number)));

    private static PortfolioFact Mark(int second) => new(new PortfolioSnapshot
    {
        Portfolio = "main",
        QuoteAsset = "USDT",
        EventTime = new Timestamp(second * 1_000_000_000L),
        Cash = 1,
        Equity = 2,
        HighWaterMark = 2,
        DayStartEquity = 2,
        RealizedPnl = 0,
        UnrealizedPnl = 0,
        Fees = 0,
        FillCount = 0,
        Balances = ImmutableSortedDictionary<string, decimal>.Empty,
        Positions = [new PositionSnapshot { Instrument = Btc, Quantity = 1, AveragePrice = 60_000, MarkPrice = 60_001, RealizedPnl = 0, UnrealizedPnl = 1 }],
    });

    private static FillFact Fill(string portfolio, InstrumentId instrument, int number) => new(new Fill
    {
        TradeId = $"{number}",
        ClientOrderId = "c",
        Portfolio = portfolio,
        Instrument = instrument,
        Side = Side.Buy,
        Price = Price.Parse("60000"),
        Quantity = Quantity.Parse("0.001"),
        Fee = 0.1m,
        FeeAsset = "USDT",
        IsMaker = false,
        EventTime = new Timestamp(number),
    });

    /// <summary>A subscriber joins behind all facts that were written before.</summary>
    private static async Task WhenTailHasPassedAsync(LiveEvents events)
    {
        using var later = await events.SubscribeAsync(new EventRequest(["risk"]), Cancelled);
    }

    private static async IAsyncEnumerable<LiveEvent> EventsOf(IEventSubscription subscription)
    {
        await foreach (var group in subscription.ReadAsync(Cancelled))
        {
            foreach (var one in group)
            {
                yield return one;
            }
        }
    }

    private static Task AdvanceUntilAsync(FakeTimeProvider time, TimeSpan step, Task done) => Eventually.TrueAsync(
        "the clock's effect",
        () =>
        {
            time.Advance(step);
            return Task.FromResult(done.IsCompleted);
        },
        TimeSpan.FromSeconds(30));

    private static async Task<LiveEvent> FirstAsync(IEventSubscription subscription)
    {
        await foreach (var one in EventsOf(subscription))
        {
            return one;
        }

        throw new InvalidOperationException("the stream has ended");
    }

    /// <summary>Reads until there are as many more names, and breaks off like a connection.</summary>
    /// <returns>The last position.</returns>
    private static async Task<string?> ReadAsync(IEventSubscription subscription, int count, List<string> names)
    {
        var wanted = names.Count + count;
        string? position = null;
        await foreach (var one in EventsOf(subscription))
        {
            Assert.Equal("risk", one.Topic);
            names.Add(NameOf(one));
            position = one.Position ?? position;
            if (names.Count == wanted)
            {
                break;
            }
        }

        return position;
    }

    private static async Task<string?> ReadRowsAsync(IEventSubscription subscription, int count, List<string> rows)
    {
        string? position = null;
        await foreach (var one in EventsOf(subscription))
        {
            rows.Add($"{one.Topic} {Encoding.UTF8.GetString(one.Json.Span)}");
            position = one.Position;
            if (--count == 0)
            {
                break;
            }
        }

        return position;
    }

    private async Task PublishAsync(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            _log!.Publish(new AgentEventFact(AgentEventKind.Feed, "key", $"n{i}", null, "connected", "feed", "a test", new Timestamp(i + 1)));
            if (i % 50 == 0)
            {
                await Task.Yield();
            }
        }

        await _log!.WhenWrittenAsync(Cancelled);
    }

    private async Task<LiveEvents> StartAsync(LiveOptions options, TimeProvider? time = null)
    {
        _log = LocalFactLog.Open(
            FactLogIdentity.Of("local-test"), new FactLogOptions { Folder = _folder.FullName }, TimeProvider.System, NullLogger<LocalFactLog>.Instance);
        _events = new LiveEvents(
            () => _log, HistoryDatasets.Create(FeatureSchema.Create(new FeatureOptions())), Options.Create(options), time ?? TimeProvider.System, NullLogger<LiveEvents>.Instance);
        await _events.StartAsync(Cancelled);
        return _events;
    }

    private async Task StopAsync()
    {
        await _events!.StopAsync(CancellationToken.None);
        _events.Dispose();
        await _log!.DisposeAsync();
    }
}
