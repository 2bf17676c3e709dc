using System.Globalization;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Testing;
using Confluent.Kafka;

namespace BtcAgent.Chaos.Tests.Sinks;

/// <summary>
/// Feeds one sink at a time: the tapes' market data goes to a topic, with repeats as a crashed writer leaves them, while the
/// process of the sink is killed at seeded instants and its server goes away. Then what is stored is compared with the tapes.
/// </summary>
internal sealed class HistoryDrill(HistoryDrillOptions options, KafkaBroker broker, Action<string> report) : IDisposable
{
    public const int Partitions = 2;

    private const int EventsPerMessage = 25;
    private const int RepeatedMax = 20;
    private const int KillAfterMsMax = 6_000;
    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");
    private static readonly TimeSpan CatchUpMax = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-sink-");

    public void Dispose() => _folder.Delete(recursive: true);

    public async Task<SinkDrillResult> RunAsync(ISinkTarget target, CancellationToken cancellationToken)
    {
        var tape = DecodedTape.Load(Instrument, options.Tapes);
        var expected = Expected(tape);
        var messages = Messages(tape);
        var random = new Random(options.Seed);
        var topics = $"drill-{target.Name}";
        await target.StartAsync();
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = broker.Address, LingerMs = 5 }).Build();
        await CreateTopicsAsync(cancellationToken);
        var sent = 0;
        var outages = 0;
        for (var kill = 0; kill < options.Kills; kill++)
        {
            using var process = Start(target);
            var until = messages.Count * (kill + 1) / (options.Kills + 1);
            sent = Send(producer, messages, Math.Max(0, sent - random.Next(RepeatedMax)), until);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(KillAfterMsMax)), TimeProvider.System, cancellationToken);
            if (kill == options.Kills / 2 && await target.StopServerAsync())
            {
                outages++;
                await Task.Delay(TimeSpan.FromSeconds(options.OutageSeconds), TimeProvider.System, cancellationToken);
                await target.StartAsync();
            }

            process.Kill();
            report(string.Create(CultureInfo.InvariantCulture, $"{topics}: kill {kill + 1} of {options.Kills}, {sent} of {messages.Count} messages"));
        }

        Send(producer, messages, Math.Max(0, sent - RepeatedMax), messages.Count);
        using var last = Start(target);
        var started = TimeProvider.System.GetTimestamp();
        var stored = await target.ReadAsync(cancellationToken);
        while (stored.Distinct < expected.Rows && TimeProvider.System.GetElapsedTime(started) < CatchUpMax && !last.HasExited)
        {
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
            stored = await target.ReadAsync(cancellationToken);
        }

        var caughtUp = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        if (stored.Distinct < expected.Rows)
        {
            report(last.Tail);
        }

        return new SinkDrillResult(
            target.Name,
            options.Kills,
            outages,
            stored.Rows,
            expected.Rows - stored.Distinct,
            stored.Rows - stored.Distinct,
            stored.Quantity - expected.Quantity,
            stored.Notional - expected.Notional,
            Math.Round(caughtUp, 1));
    }

    private static StoredTrades Expected(DecodedTape tape)
    {
        var trades = tape.Events.Where(e => e.Kind == MarketEventKind.Trade).ToList();
        return new StoredTrades(
            trades.Count,
            trades.Select(trade => trade.LastId).Distinct().Count(),
            trades.Sum(trade => trade.Quantity.ToDecimal()),
            trades.Sum(trade => trade.Price.Times(trade.Quantity)));
    }

    private static List<(byte[] Key, byte[] Value)> Messages(DecodedTape tape)
    {
        var sequence = 0L;
        return
        [
            .. tape.Events.Chunk(EventsPerMessage).Select(events => Contracts.Wire.FactMessages.Of(new MarketFact(new MarketDataBatch(
                Instrument,
                1,
                [.. events.Select(e => e with { Sequence = ++sequence, LevelsStart = 0, BidCount = 0, AskCount = 0 })],
                [],
                events[0].ReceiveTime))))
                .Select(message => (System.Text.Encoding.UTF8.GetBytes(message.Key), message.Payload)),
        ];
    }

    private int Send(IProducer<byte[], byte[]> producer, List<(byte[] Key, byte[] Value)> messages, int from, int until)
    {
        var topic = FactTopics.NameOf(FactTopic.MarketData);
        foreach (var (key, value) in messages[from..until])
        {
            producer.Produce(topic, new Message<byte[], byte[]> { Key = key, Value = value });
        }

        producer.Flush();
        return until;
    }

    private async Task CreateTopicsAsync(CancellationToken cancellationToken)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.Address }).Build();
        await admin.CreateTopicsAsync([new() { Name = FactTopics.NameOf(FactTopic.MarketData), NumPartitions = Partitions }]).WaitAsync(cancellationToken);
    }

    private AgentProcess Start(ISinkTarget target) => AgentProcess.Start(
        0,
        ["--role", "sink", "--port", "0", "--data", _folder.FullName],
        target.Settings.Append(new("Kafka__BootstrapServers", broker.Address)).Append(new("Logging__LogLevel__Default", "Warning")));
}
