using System.Collections.Immutable;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Books;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Domain.Features;

/// <summary>
/// From finished bars to feature vectors, one at each bar's close: the technical and calendar features are those that
/// <see cref="FeaturePipeline"/> computes from the same trades; what needs a book or single trades is NaN. Intervals
/// without a bar are filled as <see cref="BarBuilder"/> fills them.
/// </summary>
public sealed class BarFeaturePipeline
{
    private static readonly OrderBook NoBook = new();

    private readonly InstrumentId _instrument;
    private readonly TimeSpan _interval;
    private readonly FeatureEngine _engine;
    private Bar _last;
    private long _bars;

    /// <param name="instrument">Of the bars.</param>
    /// <param name="options">Sampled once a bar: both intervals must be those of the bars.</param>
    /// <exception cref="ArgumentException">The two intervals differ.</exception>
    public BarFeaturePipeline(InstrumentId instrument, FeatureOptions options)
    {
        if (options.SampleIntervalMs != options.BarIntervalMs)
        {
            throw new ArgumentException(
                $"bars of {options.BarIntervalMs} ms are sampled at their close, not every {options.SampleIntervalMs} ms");
        }

        _instrument = instrument;
        _interval = TimeSpan.FromMilliseconds(options.BarIntervalMs);
        Schema = FeatureSchema.Create(options);
        _engine = new FeatureEngine(options, Schema);
    }

    public FeatureSchema Schema { get; }

    /// <summary>True when every window over bars is whole.</summary>
    public bool IsWarm => _engine.IsTechnicalWarm;

    /// <summary>One bar with trades; bars come in order.</summary>
    /// <exception cref="ArgumentException">Of another interval, or not after the bar before.</exception>
    public void Apply(in Bar bar)
    {
        if (bar.Interval != _interval || (_bars > 0 && bar.OpenTime < _last.CloseTime))
        {
            throw new ArgumentException(
                $"bar of {bar.OpenTime} ({bar.Interval}) is not of {_interval} or not after {_last.OpenTime}");
        }

        for (var i = 0; _bars > 0 && _last.CloseTime < bar.OpenTime && i < BarBuilder.DefaultMaxEmptyBars; i++)
        {
            Add(_last with
            {
                OpenTime = _last.CloseTime,
                Open = _last.Close,
                High = _last.Close,
                Low = _last.Close,
                Volume = Quantity.Zero,
                BuyVolume = Quantity.Zero,
                QuoteVolume = 0,
                TradeCount = 0,
            });
        }

        Add(in bar);
    }

    /// <summary>The vector at the close of the last bar.</summary>
    /// <param name="values">One per feature of <see cref="Schema"/>.</param>
    public void Read(Span<float> values) => _engine.Read(values, NoBook, inSync: false, _last.CloseTime);

    /// <summary>The sample at the close of the last bar; its quote has the close on both sides.</summary>
    public FeatureSample Sample() => new()
    {
        Instrument = _instrument,
        EventTime = _last.CloseTime,
        ReceiveTime = _last.CloseTime,
        LastSequence = _bars,
        SchemaHash = Schema.Hash,
        Values = _engine.Read(NoBook, inSync: false, _last.CloseTime),
        IsWarm = IsWarm,
        Quote = new Quote(_last.Close, _last.Volume, _last.Close, _last.Volume),
        BookInSync = true,
        LastEventTime = _last.CloseTime,
        ClosedBars = ImmutableArray.Create(_last),
        VolatilityPerSqrtSecond = double.NaN,
    };

    private void Add(in Bar bar)
    {
        _last = bar;
        _bars++;
        _engine.OnBar(in bar);
    }
}
