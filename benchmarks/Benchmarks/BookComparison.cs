using System.Diagnostics;
using BtcAgent.Domain.Books;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Benchmarks;

/// <summary>
/// One price level through the book, and through sorted blocks alone, as the book was before it had a window of ticks (and
/// as it still keeps levels outside of that window). Both take the same updates in turn, in one process, pass by pass: what
/// else the machine does falls on both. The top is read after each event.
/// </summary>
internal static class BookComparison
{
    private const int Passes = 60;

    public static int Run()
    {
        Compare("synthetic", BookUpdates.Synthetic(deltas: 6_000, seed: 1));
        if (BookUpdates.TapeFolder is { } folder)
        {
            Compare("tape", BookUpdates.FromTape(folder));
        }

        return 0;
    }

    private static void Compare(string source, BookUpdates updates)
    {
        var book = new OrderBook();
        var bids = new LevelBlocks();
        var asks = new LevelBlocks();
        var snapshot = updates.Events.First(e => e.Kind == MarketEventKind.BookSnapshot);
        MarketEvent[] events = [snapshot, .. updates.Events.Where(e => e.Kind == MarketEventKind.BookDelta && e.LastId > snapshot.LastId)];
        var levels = events.Sum(e => (long)e.LevelCount);
        var window = new double[Passes];
        var blocks = new double[Passes];
        long allocated = 0;
        for (var i = -5; i < Passes; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            var sum = ThroughBook(updates, events, book);
            var middle = Stopwatch.GetTimestamp();
            var other = ThroughBlocks(updates, events, bids, asks);
            var ended = Stopwatch.GetTimestamp();
            if (sum != other)
            {
                throw new InvalidOperationException($"{source}: the books differ, {sum} and {other}");
            }

            if (i >= 0)
            {
                window[i] = NanosecondsPerLevel(middle - started, levels);
                blocks[i] = NanosecondsPerLevel(ended - middle, levels);
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }

        Array.Sort(window);
        Array.Sort(blocks);
        Console.WriteLine(FormattableString.Invariant(
            $"{source,-10} {levels:N0} levels a pass, ns per level, best / median of {Passes} passes: blocks {blocks[0]:F1} / {blocks[Passes / 2]:F1}, book {window[0]:F1} / {window[Passes / 2]:F1}, ratio {blocks[0] / window[0]:F2} / {blocks[Passes / 2] / window[Passes / 2]:F2}; {allocated} B in the last pass"));
    }

    private static double NanosecondsPerLevel(long ticks, long levels) =>
        ticks * (1e9 / Stopwatch.Frequency) / levels;

    private static long ThroughBook(BookUpdates updates, MarketEvent[] events, OrderBook book)
    {
        book.Clear();
        var synchronizer = new BookSynchronizer(book);
        long sum = 0;
        foreach (ref readonly var marketEvent in events.AsSpan())
        {
            synchronizer.Apply(marketEvent, updates.LevelsOf(marketEvent));
            var top = book.Top;
            sum += top.Bid.Units + top.AskQuantity.Units;
        }

        return sum;
    }

    private static long ThroughBlocks(BookUpdates updates, MarketEvent[] events, LevelBlocks bids, LevelBlocks asks)
    {
        bids.Clear();
        asks.Clear();
        long sum = 0;
        foreach (ref readonly var marketEvent in events.AsSpan())
        {
            var levels = updates.LevelsOf(marketEvent);
            foreach (ref readonly var level in levels[..marketEvent.BidCount])
            {
                bids.Set(-level.Price.Units, level.Quantity.Units);
            }

            foreach (ref readonly var level in levels[marketEvent.BidCount..])
            {
                asks.Set(level.Price.Units, level.Quantity.Units);
            }

            sum += bids.Best.Price.Units + asks.Best.Quantity.Units;
        }

        return sum;
    }
}
