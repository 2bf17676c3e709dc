using System.Runtime.InteropServices;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Domain.Features;

/// <summary>
/// From bars alone to the feature vector that <see cref="FeaturePipeline"/> gives at the same instant: technical and
/// calendar values are computed by the same code, what needs trades or books is NaN. Intervals that the bars
/// leave out are filled as <see cref="BarBuilder"/> fills them, with the same limit. Nothing is allocated for a bar.
/// </summary>
public sealed class BarFeaturePipeline
{
    private readonly TimeSpan _interval;
    private readonly int _maxEmptyBars;
    private readonly int _microstructure;
    private readonly TechnicalFeatures _technical = new();
    private Bar _last;
    private int _emptyBars;
    private long _applied;

    /// <param name="interval">Length of each bar; whole milliseconds, 100 ms … 1 day.</param>
    /// <param name="vpinBucketBase">Part of the schema hash only; bars have no VPIN.</param>
    /// <param name="maxEmptyBars">Limit as in <see cref="BarBuilder"/>.</param>
    public BarFeaturePipeline(
        TimeSpan interval, double vpinBucketBase = 2, int maxEmptyBars = BarBuilder.DefaultMaxEmptyBars)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.FromMilliseconds(100));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(interval, TimeSpan.FromDays(1));
        ArgumentOutOfRangeException.ThrowIfNotEqual(interval.Ticks % TimeSpan.TicksPerMillisecond, 0, nameof(interval));
        ArgumentOutOfRangeException.ThrowIfNegative(maxEmptyBars);
        _interval = interval;
        _maxEmptyBars = maxEmptyBars;
        Schema = FeatureSchema.Create(OptionsFor(interval, vpinBucketBase));
        _microstructure = Schema.Definitions.Count(d => d.Group == FeatureGroup.Microstructure);
    }

    public FeatureSchema Schema { get; }

    /// <summary>True when every window of bars is full.</summary>
    public bool IsWarm => _technical.IsWarm;

    /// <summary>Number of empty intervals, filled in or received as bars.</summary>
    public long EmptyBars { get; private set; }

    /// <summary>The options of features sampled at the close of each bar of this length.</summary>
    public static FeatureOptions OptionsFor(TimeSpan interval, double vpinBucketBase = 2) => new()
    {
        BarIntervalMs = (int)interval.TotalMilliseconds,
        SampleIntervalMs = (int)interval.TotalMilliseconds,
        VpinBucketBase = vpinBucketBase,
    };

    /// <summary>
    /// Applies a bar. Returns true when it contains trades, so that a sample may be taken at its close; a bar of volume 0
    /// with four equal prices is empty.
    /// </summary>
    /// <exception cref="ArgumentException">The interval differs, or the open time is off the grid or not after the last
    /// bar.</exception>
    public bool Apply(in Bar bar)
    {
        if (bar.Interval != _interval || bar.OpenTime.RoundDownTo(_interval) != bar.OpenTime)
        {
            throw new ArgumentException(
                $"bar of {bar.Interval} at {bar.OpenTime} is not on the grid of {_interval} bars", nameof(bar));
        }

        if (_applied > 0)
        {
            if (bar.OpenTime < _last.CloseTime)
            {
                throw new ArgumentException($"bar at {bar.OpenTime} is not after the one at {_last.OpenTime}", nameof(bar));
            }

            FillUntil(bar.OpenTime);
        }

        _last = bar;
        _applied++;
        if (IsEmpty(in bar))
        {
            AddEmpty(in bar);
            return false;
        }

        _emptyBars = 0;
        _technical.OnBar(in bar);
        return true;
    }

    /// <summary>Writes the vector at the close of the last bar, in schema order; NaN where unknown.</summary>
    /// <exception cref="ArgumentException">The span is not as long as the schema.</exception>
    public void Write(Span<float> values)
    {
        if (values.Length != Schema.Count)
        {
            throw new ArgumentException($"{values.Length} places for {Schema.Count} features", nameof(values));
        }

        var writer = new FeatureWriter(values[_microstructure..]);
        values[.._microstructure].Fill(float.NaN);
        _technical.Write(ref writer);
        CalendarFeatures.Write(ref writer, _last.CloseTime);
        values[(_microstructure + writer.Written)..].Fill(float.NaN);
    }

    /// <summary>The sample at the close of the last bar, which is its only closed bar.</summary>
    /// <param name="instrument">Instrument of the bars.</param>
    /// <param name="quote">Assumed bid and ask at the close, which bars do not contain.</param>
    public FeatureSample Sample(InstrumentId instrument, in Quote quote)
    {
        var values = new float[Schema.Count];
        Write(values);
        return new FeatureSample
        {
            Instrument = instrument,
            EventTime = _last.CloseTime,
            ReceiveTime = _last.CloseTime,
            LastSequence = _applied,
            SchemaHash = Schema.Hash,
            Values = ImmutableCollectionsMarshal.AsImmutableArray(values),
            IsWarm = IsWarm,
            Quote = quote,
            BookInSync = false,
            LastEventTime = _last.CloseTime,
            ClosedBars = [_last],
        };
    }

    private static bool IsEmpty(in Bar bar) =>
        bar.Volume.IsZero && bar.Open == bar.High && bar.High == bar.Low && bar.Low == bar.Close;

    private void FillUntil(Timestamp openTime)
    {
        var close = _last.Close;
        for (var at = _last.CloseTime; at < openTime && _emptyBars < _maxEmptyBars; at += _interval)
        {
            AddEmpty(new Bar(at, _interval, close, close, close, close, Quantity.Zero, Quantity.Zero, 0, 0));
        }
    }

    private void AddEmpty(in Bar bar)
    {
        if (_emptyBars == _maxEmptyBars)
        {
            return;
        }

        _emptyBars++;
        EmptyBars++;
        _technical.OnBar(in bar);
    }
}
