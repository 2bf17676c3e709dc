using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Weights;

namespace BtcAgent.Research.Optimization.Objectives;

/// <summary>Rows of features without labels, and the prices that labels of any horizon and barrier are made from.</summary>
/// <param name="Rows">Features and prices, computed once for all trials.</param>
/// <param name="Path">Prices of the same time, ascending.</param>
/// <param name="Step">Unit of a horizon: the interval of bars, or of samples.</param>
public sealed record SearchData(FeatureDataset Rows, PricePath Path, TimeSpan Step)
{
    /// <summary>
    /// The data as known at the end of a row: later rows, and prices that only a label could see, are left out. Labels near the
    /// end are unknown then.
    /// </summary>
    /// <param name="rows">Rows to keep, at least 1.</param>
    public SearchData Take(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Rows.Rows);
        var kept = new FeatureDataset(
            Rows.Instrument,
            Rows.SchemaHash,
            Rows.Features,
            Rows.Times[..rows],
            Rows.Prices[..rows],
            Rows.Values[..(rows * Rows.Features.Length)]);
        return this with { Rows = kept, Path = Path.Until(kept.Times[^1]) };
    }

    /// <summary>Labels and weights of the rows.</summary>
    /// <param name="horizon">Horizon in steps, 1 or more.</param>
    /// <param name="barrierBps">Distance of both barriers in basis points; 0 labels by the return at the horizon.</param>
    public StoredDataset Label(int horizon, double barrierBps)
    {
        var time = Step * horizon;
        var labels = barrierBps > 0
            ? new TripleBarrierLabeler(BarrierWidths.Fixed(barrierBps, barrierBps), time).Label(Rows, Path)
            : new FixedHorizonLabeler(time).Label(Rows, Path);
        return new StoredDataset(Rows, labels, UniquenessWeights.Of(Rows, labels));
    }

    /// <summary>SHA-256 of times, prices and features, in lower-case hexadecimal digits; the same on every machine.</summary>
    public string Hash()
    {
        var none = new LabelSet("none", Step.Ticks * 100, [], [], [], []);
        return DatasetHash.Of(new StoredDataset(Rows, none, []));
    }

    /// <summary>Times and prices of some rows, without features.</summary>
    internal FeatureDataset PricesOf(Validation.RowRange rows) =>
        new(Rows.Instrument, 0, [], Rows.Times[rows.From..rows.To], Rows.Prices[rows.From..rows.To], []);
}
