using BtcAgent.Research.Bars;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Weights;

namespace BtcAgent.Research.Training;

/// <summary>Bars to a labelled dataset, in one call.</summary>
/// <param name="instrument">Of the bars.</param>
/// <param name="horizonBars">Longest time a label looks ahead, in bars; 1 or more.</param>
/// <param name="barrierBps">Distance of both barriers; 0 labels by the return at the horizon.</param>
public sealed class BarTraining(InstrumentId instrument, int horizonBars, double barrierBps)
{
    /// <summary>Pause in the bars that a label may span, in bars.</summary>
    private const int PauseBarsMax = 60;

    /// <param name="series">Bars.</param>
    /// <param name="progress">Told how many bars are done.</param>
    /// <param name="cancellationToken">Looked at every few thousand bars.</param>
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
}
