using System.Collections.Immutable;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Books;
using BtcAgent.Domain.Economy;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Sentiment;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Features;

/// <summary>
/// Computes the feature vector of <see cref="FeatureCatalog"/> from quotes, trades, bars, the book, tallies of posts and notices of releases. Each event costs
/// O(1); windows are summed when a sample is taken.
/// </summary>
internal sealed class FeatureEngine(FeatureOptions options, FeatureSchema schema) : IStateful
{
    private const int VolatilityShortSeconds = 30;
    private const int VolatilityLongSeconds = 120;
    private const int LambdaSeconds = 60;

    /// <summary>
    /// Event time without a quote, while other events arrive, after which mid and order flow are unknown.
    /// </summary>
    private static readonly TimeSpan QuoteAgeMax = TimeSpan.FromSeconds(10);

    private readonly FlowWindows _flows = new();
    private readonly MidHistory _mids = new();
    private readonly VolumeClock _volumeClock = new(options.VpinBucketBase);
    private readonly BookShape _shape = new();
    private readonly TechnicalFeatures _technical = new();
    private readonly SentimentFeatures _sentiment = new();
    private readonly ReleaseFeatures _releases = new();

    /// <summary>False for version 1, whose sentiment was never known.</summary>
    private readonly bool _hasSentiment = schema.Version > 1;

    /// <summary>False for versions 1 and 2, which do not have them.</summary>
    private readonly bool _hasReleases = schema.Version > 2;
    private Quote _quote;
    private Timestamp _quoteTime;
    private Timestamp _now;
    private double _mid = double.NaN;

    /// <summary>True when every window that only needs time is full and VPIN is known.</summary>
    public bool IsWarm =>
        _technical.IsWarm && _flows.IsOrderFlowWarm(FlowWindows.WindowCount - 1) && !double.IsNaN(_volumeClock.Value)
        && !double.IsNaN(_mids.RealizedVolatility(VolatilityLongSeconds));

    /// <summary>Volatility per √s, as a fraction; NaN until 30 seconds are known.</summary>
    public double VolatilityPerSqrtSecond => _mids.RealizedVolatility(VolatilityShortSeconds) / 1e4;

    public void AdvanceTo(Timestamp time)
    {
        if (!double.IsNaN(_mid) && !_quoteTime.IsKnown)
        {
            _quoteTime = time;
        }
        else if (!double.IsNaN(_mid) && time - _quoteTime > QuoteAgeMax)
        {
            // Quotes have stopped while other events continue: a frozen mid is not a calm market.
            OnInterrupted();
        }

        _now = time;
        _flows.AdvanceTo(time);
        _mids.AdvanceTo(time, _mid);
    }

    public void OnTrade(Price price, Quantity quantity, Side aggressor)
    {
        var buy = aggressor == Side.Buy;
        var volume = quantity.ToDouble();
        _flows.AddTrade(quantity.Units, buy);
        _mids.AddTrade(buy ? volume : -volume);
        _volumeClock.AddTrade(volume, buy);
    }

    public void OnQuote(in Quote quote)
    {
        if (!quote.IsTwoSided)
        {
            return;
        }

        if (_quote.IsTwoSided)
        {
            _flows.AddOrderFlow(OrderFlow(in _quote, in quote));
        }

        _quote = quote;
        _quoteTime = _now;
        _mid = (quote.Bid.Units + quote.Ask.Units) * 0.5e-8;
    }

    /// <param name="marketEvent">An event that was injected.</param>
    /// <param name="levels">Its values.</param>
    /// <param name="time">The market's clock; unknown before its first time.</param>
    public void OnInjected(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels, Timestamp time)
    {
        if (marketEvent.Kind == MarketEventKind.Calendar)
        {
            if (_hasReleases)
            {
                _releases.OnNotice(CalendarNotice.Read(in marketEvent, levels), time);
            }
        }
        else if (_hasSentiment)
        {
            _sentiment.OnTally(SentimentTally.Read(in marketEvent, levels), time);
        }
    }

    /// <summary>Who judged the tones in the values of an instant; null while sentiment is unknown, and where the scorer is.</summary>
    public ScorerIdentity? ScorerAt(Timestamp time) => _sentiment.ScorerAt(time);

    public void OnBar(in Bar bar) => _technical.OnBar(in bar);

    /// <summary>Quotes were interrupted: order flow and mid history restart.</summary>
    public void OnInterrupted()
    {
        _quote = default;
        _mid = double.NaN;
        _flows.ForgetOrderFlow();
        _mids.Forget();
    }

    /// <summary>
    /// Events of a short time are missing: order flow is not measured across the gap, and the last mid counts until the
    /// next quote, for at most <see cref="QuoteAgeMax"/>.
    /// </summary>
    public void OnGap()
    {
        _quote = default;
        _quoteTime = Timestamp.Unknown;
        _now = Timestamp.Unknown; // A quote before the new feed's first time must not count at the old feed's time.
    }

    public ImmutableArray<float> Read(OrderBook book, bool inSync, Timestamp time)
    {
        var values = new float[schema.Count];
        Read(values, book, inSync, time);
        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    /// <param name="values">One per feature of the schema.</param>
    /// <param name="book">The instrument's book.</param>
    /// <param name="inSync">False while the book is unknown.</param>
    /// <param name="time">The sampling instant.</param>
    public void Read(Span<float> values, OrderBook book, bool inSync, Timestamp time)
    {
        var writer = new FeatureWriter(values);
        _shape.Write(ref writer, book, inSync);
        WriteFlows(ref writer);
        WriteMids(ref writer);
        _technical.Write(ref writer);
        CalendarFeatures.Write(ref writer, time);
        if (_hasSentiment)
        {
            _sentiment.Write(ref writer, time);
        }
        else
        {
            writer.AddUnknown(schema.Count - writer.Written);
        }

        if (_hasReleases)
        {
            _releases.Write(ref writer, time);
        }

        if (writer.Written != schema.Count)
        {
            throw new InvalidOperationException($"{writer.Written} features written, {schema.Count} in the catalog");
        }
    }

    /// <summary>
    /// Contribution of a quote change to order flow, in 1e-8 base. Source: Cont, Kukanov, Stoikov 2014, eq. 3.
    /// </summary>
    private static long OrderFlow(in Quote before, in Quote after) =>
        (after.Bid >= before.Bid ? after.BidQuantity.Units : 0) - (after.Bid <= before.Bid ? before.BidQuantity.Units : 0)
        - (after.Ask <= before.Ask ? after.AskQuantity.Units : 0) + (after.Ask >= before.Ask ? before.AskQuantity.Units : 0);

    private void WriteFlows(ref FeatureWriter writer)
    {
        var quotesFlow = !double.IsNaN(_mid);
        for (var i = 0; i < FlowWindows.WindowCount; i++)
        {
            writer.Add(quotesFlow && _flows.IsOrderFlowWarm(i) ? _flows[i].OrderFlowImbalance : double.NaN);
        }

        for (var i = 0; i < FlowWindows.WindowCount; i++)
        {
            writer.Add(_flows.IsWarm(i) ? _flows[i].TradeFlowImbalance : double.NaN);
        }

        var fast = Intensity(1);
        var slow = Intensity(FlowWindows.WindowCount - 1);
        writer.Add(fast);
        writer.Add(slow);
        writer.Add(slow > 0 ? fast / slow : double.NaN);
        writer.Add(_volumeClock.Value);
    }

    private double Intensity(int window) =>
        _flows.IsWarm(window) ? _flows[window].Trades / FlowWindows.Seconds(window) : double.NaN;

    private void WriteMids(ref FeatureWriter writer)
    {
        var shortVolatility = _mids.RealizedVolatility(VolatilityShortSeconds);
        var longVolatility = _mids.RealizedVolatility(VolatilityLongSeconds);
        writer.Add(_mids.KyleLambda(LambdaSeconds));
        writer.Add(shortVolatility);
        writer.Add(longVolatility);
        writer.Add(longVolatility > 0 ? shortVolatility / longVolatility : double.NaN);
        writer.Add(_mids.Return(1));
        writer.Add(_mids.Return(5));
        writer.Add(_mids.Return(VolatilityShortSeconds));
    }

    public void Save(StateWriter writer)
    {
        writer.Version(3);
        _flows.Save(writer);
        _mids.Save(writer);
        _volumeClock.Save(writer);
        _technical.Save(writer);
        _sentiment.Save(writer);
        _releases.Save(writer);
        _quote.Save(writer);
        writer.Write(_quoteTime);
        writer.Write(_now);
        writer.Write(_mid);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(FeatureEngine), 3);
        _flows.Load(reader);
        _mids.Load(reader);
        _volumeClock.Load(reader);
        _technical.Load(reader);
        _sentiment.Load(reader);
        _releases.Load(reader);
        _quote = Quote.Load(reader);
        _quoteTime = reader.ReadTimestamp();
        _now = reader.ReadTimestamp();
        _mid = reader.ReadDouble();
    }
}
