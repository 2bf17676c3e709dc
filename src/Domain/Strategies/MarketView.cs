using BtcAgent.Domain.Features;

namespace BtcAgent.Domain.Strategies;

/// <summary>The market at a sampling instant; contains nothing later than <see cref="Time"/>.</summary>
/// <param name="sample">The sample.</param>
/// <param name="schema">Schema of its features.</param>
public readonly struct MarketView(FeatureSample sample, FeatureSchema schema)
{
    /// <summary>Event time of the sample: the venue's clock, UTC.</summary>
    public Timestamp Time => sample.EventTime;

    /// <summary>Best bid in the quote asset; NaN when there is none. Over bars, the close.</summary>
    public double Bid => sample.Quote.IsTwoSided ? sample.Quote.Bid.ToDouble() : double.NaN;

    /// <summary>Best ask in the quote asset; NaN when there is none. Over bars, the close.</summary>
    public double Ask => sample.Quote.IsTwoSided ? sample.Quote.Ask.ToDouble() : double.NaN;

    public double Mid => (Bid + Ask) / 2;

    /// <summary>True when every feature that can be known has a full window.</summary>
    public bool IsWarm => sample.IsWarm;

    public FeatureSample Sample => sample;

    /// <summary>Value of a feature of docs/features.md, such as <c>ofi_15s</c>; NaN where unknown.</summary>
    /// <exception cref="ArgumentException">The feature does not exist.</exception>
    public double this[string feature] => sample.Values[schema.IndexOf(feature)];
}
