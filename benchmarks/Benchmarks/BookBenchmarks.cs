using BenchmarkDotNet.Attributes;
using BtcAgent.Domain;
using BtcAgent.Domain.Books;

namespace BtcAgent.Benchmarks;

/// <summary>
/// One price level of a delta through the order book, per source of updates. The tape takes part when it is there.
/// Results are per pass over all updates; <see cref="LevelsPerPass"/> levels make one pass.
/// </summary>
[MemoryDiagnoser]
public class BookBenchmarks
{
    private BookUpdates _updates = null!;
    private OrderBook _book = null!;

    [ParamsSource(nameof(Sources))]
    public string Source { get; set; } = "";

    public static IEnumerable<string> Sources => BookUpdates.TapeFolder is null ? ["synthetic"] : ["synthetic", "tape"];

    public int LevelsPerPass => _updates.Levels.Length;

    [GlobalSetup]
    public void Load()
    {
        _updates = Source == "tape"
            ? BookUpdates.FromTape(BookUpdates.TapeFolder!)
            : BookUpdates.Synthetic(deltas: 6_000, seed: 1);
        _book = new OrderBook();
        Console.WriteLine($"// {Source}: {_updates.Events.Length} events, {LevelsPerPass} levels");
    }

    /// <summary>Synchroniser and book, the top read after each event, as a backtest does.</summary>
    [Benchmark(Baseline = true)]
    public long Synchronized()
    {
        _book.Clear();
        var synchronizer = new BookSynchronizer(_book);
        long sum = 0;
        foreach (ref readonly var marketEvent in _updates.Events.AsSpan())
        {
            synchronizer.Apply(marketEvent, _updates.LevelsOf(marketEvent));
            sum += _book.Top.Bid.Units;
        }

        if (!synchronizer.IsInSync || synchronizer.Gaps + synchronizer.CrossedBooks > 0)
        {
            throw new InvalidOperationException(
                $"{Source}: {synchronizer.Gaps} gaps, {synchronizer.CrossedBooks} crossed");
        }

        return sum;
    }

    /// <summary>The book alone, the top read after each level.</summary>
    [Benchmark]
    public long SetAndTop()
    {
        _book.Clear();
        long sum = 0;
        foreach (ref readonly var marketEvent in _updates.Events.AsSpan())
        {
            var levels = _updates.LevelsOf(marketEvent);
            for (var i = 0; i < levels.Length; i++)
            {
                _book.Set(i < marketEvent.BidCount ? Side.Buy : Side.Sell, levels[i].Price, levels[i].Quantity);
                sum += _book.Top.Ask.Units;
            }
        }

        return sum;
    }
}
