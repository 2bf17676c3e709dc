using System.Threading.Channels;

namespace BtcAgent.Exchanges.Binance.Tests;

/// <summary>Collects a feed's events; a test waits for the next event instead of sleeping.</summary>
internal sealed class CollectingSink : IMarketEventSink
{
    private readonly Channel<MarketEvent> _events = Channel.CreateUnbounded<MarketEvent>();
    private readonly List<MarketEvent> _unflushed = [];

    public List<string> Refusals { get; } = [];

    public int Flushes { get; private set; }

    public List<MarketEvent> Handed { get; } = [];

    public System.Collections.Concurrent.ConcurrentQueue<TimeSpan> Clocks { get; } = [];

    public void OnClockMeasured(TimeSpan offset) => Clocks.Enqueue(offset);

    public void Accept(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels)
    {
        Assert.Equal(marketEvent.LevelCount, levels.Length);
        _unflushed.Add(marketEvent);
    }

    public void Refuse(string reason) => Refusals.Add(reason);

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        Flushes++;
        Handed.AddRange(_unflushed);
        foreach (var marketEvent in _unflushed)
        {
            _events.Writer.TryWrite(marketEvent);
        }

        _unflushed.Clear();
        return ValueTask.CompletedTask;
    }

    public async Task<MarketEvent> NextAsync() =>
        await _events.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>Skips other events until one of the kind arrives.</summary>
    public async Task<MarketEvent> NextAsync(MarketEventKind kind)
    {
        while (true)
        {
            var marketEvent = await NextAsync();
            if (marketEvent.Kind == kind)
            {
                return marketEvent;
            }
        }
    }
}
