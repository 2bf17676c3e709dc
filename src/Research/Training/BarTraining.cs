using BtcAgent.Research.Bars;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Leakage;
using BtcAgent.Research.Weights;

namespace BtcAgent.Research.Training;

/// <summary>Converts bars to a labelled dataset.</summary>
/// <param name="instrument">Instrument of the bars.</param>
/// <param name="horizonBars">Longest time that a label looks ahead, in bars; 1 or more.</param>
/// <param name="barrierBps">Distance of both barriers, in basis points; 0 labels by the return at the horizon.</param>
public sealed class BarTraining(InstrumentId instrument, int horizonBars, double barrierBps)
{
    /// <summary>Longest pause in the bars that a label may span, in bars.</summary>
    private const int PauseBarsMax = 60;

    /// <param name="series">Bars.</param>
    /// <param name="progress">Receives the number of bars done.</param>
    /// <param name="cancellationToken">Checked every few thousand bars.</param>
    public StoredDataset Label(BarSeries series, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var data = BarDatasetBuilder.Build(
            instrument, series.Bars, progress: progress, cancel: cancellationToken);
        var path = PricePath.FromBars(series.Bars, series.Interval * PauseBarsMax);
        var horizon = series.Interval * horizonBars;
        var labels = barrierBps > 0
            ? new TripleBarrierLabeler(BarrierWidths.Fixed(barrierBps, barrierBps), horizon).Label(data, path)
            : new FixedHorizonLabeler(horizon).Label(data, path);
        return new StoredDataset(data, labels, UniquenessWeights.Of(data, labels));
    }

    /// <summary>
    /// Recomputes rows from their truncated past, and returns whether they agree bit for bit.
    /// </summary>
    /// <param name="series">Bars, of which the first ones are audited.</param>
    public LookAheadReport Audit(BarSeries series)
    {
        const int BarsAudited = 20_000;
        const int RowsAudited = 12;
        var bars = series.Take(BarsAudited).Bars;
        var whole = BarDatasetBuilder.Build(instrument, bars);
        var rows = LookAheadAudit.ChooseRows(whole, RowsAudited, seed: 1);
        var differences = LookAheadAudit.Run(
            whole, rows, until => BarDatasetBuilder.Build(instrument, bars[..bars.Count(b => b.CloseTime <= until)]));
        return new LookAheadReport(AuditKind.Recomputed, rows.Length, differences);
    }
}
