using System.Text.Json.Nodes;
using BtcAgent.Contracts.Queries;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Features;
using BtcAgent.History.Datasets;
using BtcAgent.History.Live;
using BtcAgent.History.Log;
using BtcAgent.History.Queries;
using BtcAgent.History.Sinks;
using BtcAgent.History.Tests.Files;
using Google.Protobuf;

namespace BtcAgent.History.Tests.Live;

public sealed class JsonRowTests : IDisposable
{
    private static readonly Timestamp At = new(1_795_910_400_123_456_789);

    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Encode_Fact_IsTheRowOfTheHistory()
    {
        var mark = new PortfolioMark
        {
            Portfolio = "main",
            QuoteAsset = "USDT",
            EventTime = At.UnixNanoseconds,
            Revision = 9,
            Cash = "9.5",
            Equity = "1.4175374804699301960672970379",
            Fees = "-0.4175374804699301960672970379",
        };
        mark.Positions.Add(new PositionMark { Instrument = "BINANCE:BTCUSDT", Quantity = "-0.50", MarkPrice = "60000" });
        mark.Positions.Add(new PositionMark { Instrument = "BINANCE:ETHUSDT", Quantity = "2" });
        mark.Balances.Add("USDT", "9.5");
        await CheckAsync(FactTopic.Positions, mark, "equity", "positions");
        await CheckAsync(
            FactTopic.Executions,
            new TradeExecution
            {
                TradeId = "t \"1\"",
                ClientOrderId = "c",
                Portfolio = "main",
                Instrument = "BINANCE:BTCUSDT",
                Price = 6_000_012_345_678,
                Quantity = 1,
                Fee = "0.060000723456789012345",
                FeeAsset = "USDT",
                EventTime = At.UnixNanoseconds,
            },
            "fills");
        await CheckAsync(
            FactTopic.Decisions,
            new RiskDecision { Id = "0a", Portfolio = "main", Instrument = "BINANCE:BTCUSDT", Strategy = "flow", EventTime = At.UnixNanoseconds, Outcome = RiskOutcome.Hold, TargetPosition = "0.1234567890123456789012345678", RecordJson = "{}" },
            "decisions");
    }

    private async Task CheckAsync(FactTopic topic, IMessage message, params string[] datasets)
    {
        var fact = new FactRecord(7, At, "key", message);
        await using (var sink = _folder.Sink())
        {
            await _folder.FeedAsync(sink, new LogPartition("local-test", topic, 0), [fact], 1);
        }

        using var encoder = new FactEncoder(HistoryDatasets.Create(FeatureSchema.Create(new FeatureOptions())));
        using var reader = new HistoryReader(_folder.Path, 64);
        var rows = encoder.Encode(topic, fact);
        foreach (var dataset in datasets)
        {
            var page = await reader.ReadAsync(new HistoryRequest { Dataset = dataset, OldestFirst = true }, TestContext.Current.CancellationToken);
            var kept = JsonNode.Parse(page.Content)!["items"]!.AsArray();
            var live = rows.Where(row => row.Topic == dataset).Select(row => JsonNode.Parse(row.Row.Json.Span)).ToList();
            Assert.Equal(kept.Count, live.Count);
            Assert.All(kept.Zip(live), pair => Assert.True(JsonNode.DeepEquals(pair.First, pair.Second), $"{pair.First}\n{pair.Second}"));
        }
    }
}
