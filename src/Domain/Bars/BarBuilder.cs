using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Bars;

/// <summary>
/// Builds the bars of one interval from trades. Bars start at multiples of the interval since the epoch; the first
/// starts with the first trade. After each <see cref="OnTrade"/> and <see cref="AdvanceTo"/> the caller takes the
/// closed bars with <see cref="TryTakeClosed"/>.
/// </summary>
public sealed class BarBuilder : IStateful
{
    /// <summary>Default number of empty bars for one pause.</summary>
    public const int DefaultMaxEmptyBars = 60;

    /// <summary>Most closed bars that may wait to be taken.</summary>
    public const int MaxWaitingBars = 100_000;

    private const decimal QuoteUnit = 1e-16m;

    private readonly TimeSpan _interval;
    private readonly int _maxEmptyBars;
    private readonly Queue<Bar> _closed;
    private bool _isOpen;
    private Timestamp _openTime;
    private Timestamp _closeTime;
    private Price _open;
    private Price _high;
    private Price _low;
    private Price _close;
    private Quantity _volume;
    private Quantity _buyVolume;
    private Int128 _quoteUnits;
    private int _tradeCount;
    private int _emptyBars;

    /// <param name="interval">Length of a bar: a whole number of 100 ns, above zero.</param>
    /// <param name="maxEmptyBars">
    /// Most empty bars for one pause in trading, 0…10,000; further ones are skipped and counted.
    /// </param>
    public BarBuilder(TimeSpan interval, int maxEmptyBars = DefaultMaxEmptyBars)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(maxEmptyBars);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxEmptyBars, 10_000);
        _interval = interval;
        _maxEmptyBars = maxEmptyBars;
        _closed = new Queue<Bar>(Math.Min(maxEmptyBars, DefaultMaxEmptyBars) + 1);
    }

    public TimeSpan Interval => _interval;

    /// <summary>Trades older than the open bar; they are ignored, since their bar has been taken.</summary>
    public long LateTrades { get; private set; }

    /// <summary>Intervals without trades and without a bar, because the pause was longer than the limit.</summary>
    public long EmptySkipped { get; private set; }

    /// <summary>The bar still being built; default before the first trade.</summary>
    public Bar Current => _isOpen ? ToBar() : default;

    /// <exception cref="InvalidOperationException">Closed bars are not being taken.</exception>
    public void OnTrade(Timestamp eventTime, Price price, Quantity quantity, Side aggressor)
    {
        if (!_isOpen)
        {
            if (!eventTime.IsKnown)
            {
                LateTrades++;
                return;
            }

            _isOpen = true;
            _openTime = eventTime.RoundDownTo(_interval);
            _closeTime = _openTime + _interval;
        }
        else if (eventTime < _openTime)
        {
            LateTrades++;
            return;
        }
        else if (eventTime >= _closeTime)
        {
            AdvanceTo(eventTime);
        }

        if (_tradeCount == 0)
        {
            _open = _high = _low = price;
        }

        _high = price > _high ? price : _high;
        _low = price < _low ? price : _low;
        _close = price;
        _volume += quantity;
        _buyVolume = aggressor == Side.Buy ? _buyVolume + quantity : _buyVolume;
        _quoteUnits += Math.BigMul(price.Units, quantity.Units);
        _tradeCount++;
    }

    /// <summary>Closes every bar that ends at or before the time; an earlier time has no effect.</summary>
    /// <exception cref="InvalidOperationException">Closed bars are not being taken.</exception>
    public void AdvanceTo(Timestamp eventTime)
    {
        if (!_isOpen || eventTime < _closeTime)
        {
            return;
        }

        var target = eventTime.RoundDownTo(_interval);
        while (_openTime < target)
        {
            if (_tradeCount == 0 && _emptyBars == _maxEmptyBars)
            {
                EmptySkipped += (target - _openTime).Ticks / _interval.Ticks;
                _openTime = target;
                break;
            }

            _emptyBars = _tradeCount == 0 ? _emptyBars + 1 : 0;
            CloseBar();
        }

        _closeTime = _openTime + _interval;
    }

    /// <summary>Takes the oldest closed bar.</summary>
    public bool TryTakeClosed(out Bar bar) => _closed.TryDequeue(out bar);

    private void CloseBar()
    {
        if (_closed.Count == MaxWaitingBars)
        {
            throw new InvalidOperationException(
                $"{MaxWaitingBars} closed bars wait: take them with {nameof(TryTakeClosed)}");
        }

        _closed.Enqueue(ToBar());
        _openTime += _interval;
        _open = _high = _low = _close;
        _volume = _buyVolume = Quantity.Zero;
        _quoteUnits = 0;
        _tradeCount = 0;
    }

    private Bar ToBar() =>
        new(_openTime, _interval, _open, _high, _low, _close, _volume, _buyVolume, QuoteVolume(), _tradeCount);

    /// <summary>Exact up to 28 digits.</summary>
    private decimal QuoteVolume()
    {
        var (whole, rest) = Int128.DivRem(_quoteUnits, 10_000_000_000_000_000);
        return (decimal)whole + ((decimal)rest * QuoteUnit);
    }

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        writer.Write(_interval);
        writer.Write(_maxEmptyBars);
        writer.Write(_closed.Count);
        foreach (var bar in _closed)
        {
            bar.Save(writer);
        }

        writer.Write(_isOpen);
        writer.Write(_openTime);
        writer.Write(_closeTime);
        writer.Write(_open);
        writer.Write(_high);
        writer.Write(_low);
        writer.Write(_close);
        writer.Write(_volume);
        writer.Write(_buyVolume);
        writer.Write(_quoteUnits);
        writer.Write(_tradeCount);
        writer.Write(_emptyBars);
        writer.Write(LateTrades);
        writer.Write(EmptySkipped);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(BarBuilder), 1);
        reader.Require("length of a bar in ticks", reader.ReadLong(), _interval.Ticks);
        reader.Require("empty bars of a pause", reader.ReadInt(), _maxEmptyBars);
        _closed.Clear();
        for (var waiting = reader.ReadCount("closed bars", MaxWaitingBars); waiting > 0; waiting--)
        {
            _closed.Enqueue(Bar.Load(reader));
        }

        _isOpen = reader.ReadBool();
        _openTime = reader.ReadTimestamp();
        _closeTime = reader.ReadTimestamp();
        _open = reader.ReadPrice();
        _high = reader.ReadPrice();
        _low = reader.ReadPrice();
        _close = reader.ReadPrice();
        _volume = reader.ReadQuantity();
        _buyVolume = reader.ReadQuantity();
        _quoteUnits = reader.ReadInt128();
        _tradeCount = reader.ReadInt();
        _emptyBars = reader.ReadInt();
        LateTrades = reader.ReadLong();
        EmptySkipped = reader.ReadLong();
    }
}
