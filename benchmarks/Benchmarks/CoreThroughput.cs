using System.Diagnostics;
using BtcAgent.Domain;
using BtcAgent.Domain.Books;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Strategies;
using BtcAgent.Domain.Trading;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Models.LightGbm.Signals;

namespace BtcAgent.Benchmarks;

/// <summary>
/// Level updates and trades per second of the core on one thread, over a tape decoded beforehand: the book alone, the
/// features, and everything with a rule. Several passes; the median counts.
/// </summary>
internal static class CoreThroughput
{
    private const int Passes = 15;

    public static int Run(string[] paths)
    {
        if (paths.Length == 0)
        {
            Console.Error.WriteLine("core needs the paths of one or more tapes, in order");
            return 2;
        }

        var instrument = InstrumentId.Parse("BINANCE:BTCUSDT");
        var tape = DecodedTape.Load(instrument, paths, Console.Error.WriteLine);
        var levels = tape.Events.Sum(e => (long)e.LevelCount);
        var updates = levels + tape.Statistics.Trades;
        Console.WriteLine($"{tape.Events.Length:N0} events, {updates:N0} level updates and trades");
        Report("book alone", updates, () => BookAlone(tape));
        Report("book and queue position", updates, () => QueuePosition(tape));
        Report("book and features", updates, () => Features(tape, instrument));
        foreach (var rule in new[] { SignalModels.FlowMomentum, SignalModels.EmaCross })
        {
            Report($"whole core, {rule}", updates, () => WholeCore(
                tape, instrument, schema => StrategyCatalog.BuiltIn.Create(rule, new Dictionary<string, double>(), schema)));
        }

        using var forest = new ServableForest(TapeForest.Train(tape, instrument));
        Report("whole core, 100 trees", updates, () => WholeCore(tape, instrument, forest.CreateSignalModel));
        return 0;
    }

    private static void Report(string name, long updates, Func<long> pass)
    {
        pass();
        pass();
        var seconds = new double[Passes];
        long result = 0;
        for (var i = 0; i < Passes; i++)
        {
            var started = Stopwatch.GetTimestamp();
            result = pass();
            seconds[i] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        Array.Sort(seconds);
        var median = seconds[Passes / 2];
        Console.WriteLine(FormattableString.Invariant(
            $"{name,-28} {updates / median / 1e6,6:F2} M/s  median {median * 1e3,6:F1} ms  best {seconds[0] * 1e3,6:F1} ms  (result {result})"));
    }

    private static long BookAlone(DecodedTape tape)
    {
        var book = new OrderBook();
        var synchronizer = new BookSynchronizer(book);
        long checksum = 0;
        foreach (ref readonly var e in tape.Events.AsSpan())
        {
            synchronizer.Apply(in e, tape.LevelsOf(in e));
            checksum += book.Top.Bid.Units;
        }

        return checksum;
    }

    private static long Features(DecodedTape tape, InstrumentId instrument)
    {
        var features = new FeatureStream(new FeaturePipeline(instrument, new FeatureOptions()), new InstrumentStream());
        long samples = 0;
        foreach (ref readonly var e in tape.Events.AsSpan())
        {
            features.Takes(in e, out var sample);
            samples += sample is null ? 0 : 1;
            features.Apply(in e, tape.LevelsOf(in e));
        }

        return samples;
    }

    /// <summary>One maker order rests a little below the bid from the first quote on; its place in the queue is kept.</summary>
    private static long QueuePosition(DecodedTape tape)
    {
        var execution = new PaperExecution("main", Rules, new PaperOptions());
        var bid = Price.Zero;
        foreach (ref readonly var e in tape.Events.AsSpan())
        {
            execution.OnMarket(in e, tape.LevelsOf(in e));
            if (bid.IsZero && e.Kind == MarketEventKind.Quote && execution.EventTime.IsKnown)
            {
                bid = Price.FromDecimal(Math.Floor(e.Quote.Bid.ToDecimal() * 0.98m));
                execution.Submit(new OrderIntent
                {
                    ClientOrderId = "resting",
                    Decision = new DecisionId("resting"),
                    Portfolio = "main",
                    Instrument = Rules.Instrument,
                    Side = Side.Buy,
                    Type = OrderType.LimitMaker,
                    TimeInForce = TimeInForce.GoodTillCanceled,
                    Quantity = Quantity.Parse("0.01"),
                    LimitPrice = bid,
                    EventTime = execution.EventTime,
                    ReferencePrice = e.Quote.Mid,
                    ReducesRisk = false,
                });
            }
        }

        return execution.OpenOrders.Count;
    }

    private static TradingRules Rules { get; } = new()
    {
        Instrument = InstrumentId.Parse("BINANCE:BTCUSDT"),
        BaseAsset = "BTC",
        QuoteAsset = "USDT",
        TickSize = Price.Parse("0.01"),
        LotSize = Quantity.Parse("0.00001"),
        MinQuantity = Quantity.Parse("0.00001"),
        MaxQuantity = Quantity.Parse("9000"),
        MinNotional = 5,
    };

    private static long WholeCore(DecodedTape tape, InstrumentId instrument, Func<FeatureSchema, ISignalModel> create)
    {
        var features = new FeatureOptions();
        var pipeline = new FeaturePipeline(instrument, features);
        var model = create(pipeline.Schema);
        var lane = new TradingLane(
            new SignalEngine(instrument, "benchmark", model, new SignalOptions()),
            new RiskEngine("main", new RiskLimits(), new SizingOptions()),
            new PaperExecution("main", Rules, new PaperOptions()),
            new PortfolioLedger("main", "USDT", new Dictionary<string, decimal> { ["USDT"] = 100_000 }));
        long decisions = 0;
        var loop = new TradingLoop("main", Rules, pipeline, [lane], _ => decisions++, _ => { });
        foreach (ref readonly var e in tape.Events.AsSpan())
        {
            loop.OnEvent(in e, tape.LevelsOf(in e));
        }

        (model as IDisposable)?.Dispose();
        return decisions;
    }
}
