using System.Diagnostics;
using System.Globalization;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.History.Sinks.Timescale;
using BtcAgent.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace BtcAgent.Benchmarks;

/// <summary>
/// Market data through the SQL sink into a real PostgreSQL or TimescaleDB: <c>dotnet run -c Release -- sql POSTGRES TAPE…</c>, which
/// <c>eng/sql-bench</c> starts with a private server. The database must be empty.
/// </summary>
internal static class SqlThroughput
{
    private const int RowsWanted = 2_000_000;
    private const int EventsPerFact = 100;
    private const int FactsPerBatch = 200;
    private static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var postgres, .. { Length: > 0 } tapes])
        {
            Console.Error.WriteLine("sql needs a PostgreSQL connection string of an empty database and a tape");
            return 2;
        }

        var rows = DecodedTape.Load(Btc, tapes, Console.Error.WriteLine).Events
            .Where(one => one.Kind is MarketEventKind.Trade or MarketEventKind.Quote).ToArray();
        await using var sink = new TimescaleSink(
            new TimescaleOptions { ConnectionString = postgres }, new PostgresMigrator(NullLogger<PostgresMigrator>.Instance), TimeProvider.System,
            NullLogger<TimescaleSink>.Instance);
        await sink.OpenAsync(CancellationToken.None);
        await StoreAsync(sink, "warm-up", rows, rows.Length, EventsPerFact, FactsPerBatch);
        await StoreAsync(sink, "batches of 100 events", rows, RowsWanted, EventsPerFact, FactsPerBatch);
        await StoreAsync(sink, "single events", rows, RowsWanted / 10, 1, 2_000);
        await using var source = NpgsqlDataSource.Create(postgres);
        await using var count = source.CreateCommand(
            "SELECT count(*) || ' rows, ' || pg_size_pretty(pg_database_size(current_database())) FROM trading.market_data");
        Console.WriteLine(await count.ExecuteScalarAsync());
        return 0;
    }

    private static async Task StoreAsync(TimescaleSink sink, string name, MarketEvent[] rows, int wanted, int perFact, int perBatch)
    {
        var partition = new LogPartition($"bench-{name}", FactTopic.MarketData, 0);
        var watch = new Stopwatch();
        long offset = 0;
        var stored = 0;
        while (stored < wanted)
        {
            foreach (var part in rows.Chunk(perFact * perBatch).TakeWhile(_ => stored < wanted))
            {
                // What the runner does before is not the sink's.
                List<FactRecord> facts = [.. part.Chunk(perFact).Select(events => Record(offset++, events))];
                watch.Start();
                await sink.WriteAsync(new FactBatch(partition, facts[0].Offset, offset, facts), CancellationToken.None);
                watch.Stop();
                stored += part.Length;
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {stored} rows, {stored / watch.Elapsed.TotalSeconds:N0} rows/s, {watch.Elapsed.TotalSeconds:F1} s"));
    }

    private static FactRecord Record(long offset, MarketEvent[] events)
    {
        var message = FactMessages.Of(new MarketFact(new MarketDataBatch(
            Btc, 1, [.. events.Select(one => one with { LevelsStart = 0 })], [], events[0].ReceiveTime)));
        return new FactRecord(offset, events[0].ReceiveTime, message.Key, FactMessages.Read(message.Topic, message.Payload));
    }
}
