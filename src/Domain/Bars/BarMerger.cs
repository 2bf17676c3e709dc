using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Bars;

/// <summary>
/// Merges consecutive bars into longer ones that start at multiples of the interval since the epoch. A bar is closed by the
/// bar that reaches its end, or by the first one after it when bars are missing. Bars without trades move the time only, so an
/// interval without trades has no bar.
/// </summary>
public sealed class BarMerger : IStateful
{
    /// <summary>A late end of one bar, and the end of the next.</summary>
    private const int WaitingMax = 2;

    private readonly Queue<Bar> _closed = new(WaitingMax);
    private readonly TimeSpan _interval;
    private Timestamp _seenTo;
    private Bar _open;
    private bool _isOpen;

    /// <param name="interval">Length of the merged bars: a whole number of 100 ns, above zero.</param>
    public BarMerger(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        _interval = interval;
    }

    public TimeSpan Interval => _interval;

    /// <summary>Adds a bar; one that is not after those seen is ignored. Take the closed bars afterwards.</summary>
    /// <exception cref="InvalidOperationException">Closed bars are not being taken.</exception>
    public void OnBar(in Bar bar)
    {
        if (bar.OpenTime < _seenTo)
        {
            return;
        }

        _seenTo = bar.CloseTime;
        if (_isOpen && bar.OpenTime >= _open.CloseTime)
        {
            Close();
        }

        if (!HasNoTrades(in bar))
        {
            _open = _isOpen
                ? Merge(in _open, in bar)
                : bar with { OpenTime = bar.OpenTime.RoundDownTo(_interval), Interval = _interval };
            _isOpen = true;
        }

        if (_isOpen && bar.CloseTime >= _open.CloseTime)
        {
            Close();
        }
    }

    /// <summary>Takes the oldest closed bar.</summary>
    public bool TryTakeClosed(out Bar bar) => _closed.TryDequeue(out bar);

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        writer.Write(_interval);
        writer.Write(_closed.Count);
        foreach (var bar in _closed)
        {
            bar.Save(writer);
        }

        writer.Write(_seenTo);
        writer.Write(_isOpen);
        _open.Save(writer);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(BarMerger), 1);
        reader.Require("length of a merged bar in ticks", reader.ReadLong(), _interval.Ticks);
        _closed.Clear();
        for (var waiting = reader.ReadCount("closed bars", WaitingMax); waiting > 0; waiting--)
        {
            _closed.Enqueue(Bar.Load(reader));
        }

        _seenTo = reader.ReadTimestamp();
        _isOpen = reader.ReadBool();
        _open = Bar.Load(reader);
    }

    private void Close()
    {
        if (_closed.Count == WaitingMax)
        {
            throw new InvalidOperationException($"{WaitingMax} closed bars wait: take them with {nameof(TryTakeClosed)}");
        }

        _closed.Enqueue(_open);
        _isOpen = false;
    }

    /// <summary>Bars of a file have no number of trades.</summary>
    private static bool HasNoTrades(in Bar bar) =>
        bar.IsEmpty && bar.Volume.IsZero && bar.Open == bar.High && bar.High == bar.Low && bar.Low == bar.Close;

    private static Bar Merge(in Bar first, in Bar next) => first with
    {
        High = next.High > first.High ? next.High : first.High,
        Low = next.Low < first.Low ? next.Low : first.Low,
        Close = next.Close,
        Volume = first.Volume + next.Volume,
        BuyVolume = first.BuyVolume + next.BuyVolume,
        QuoteVolume = first.QuoteVolume + next.QuoteVolume,
        TradeCount = first.TradeCount + next.TradeCount,
    };
}
