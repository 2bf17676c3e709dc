using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Research.Datasets;

/// <summary>
/// From trades alone to samples, through the live pipeline. Who took liquidity is told by the tick rule: a trade above
/// the last different price was bought, below it sold; before the first change, bought. Source: Lee, Ready, Inferring
/// trade direction from intraday data, 1991. What book and quotes tell is NaN; the price is the last trade's. Rows are
/// the samples whose windows of bars and trades are whole.
/// </summary>
public static class TradeDatasetBuilder
{
    private const int TradesPerReport = 65_536;

    /// <param name="instrument">Of all trades.</param>
    /// <param name="options">Bars, sampling and VPIN: part of the schema.</param>
    /// <param name="trades">In the order of time.</param>
    /// <param name="until">Takes a last sample at this instant, a multiple of the sampling interval after all trades.</param>
    /// <param name="progress">Told how many trades are done, now and then.</param>
    /// <param name="cancel">Looked at as often as progress is told.</param>
    /// <exception cref="ArgumentException">A trade before the one in front of it, or without a time.</exception>
    public static FeatureDataset Build(
        InstrumentId instrument,
        FeatureOptions options,
        ReadOnlySpan<TradeTick> trades,
        Timestamp? until = null,
        IProgress<long>? progress = null,
        CancellationToken cancel = default)
    {
        var pipeline = new FeaturePipeline(instrument, options);
        var rows = new SampleRows(instrument, pipeline.Schema);
        int[] needed = [pipeline.Schema.IndexOf("return_60"), pipeline.Schema.IndexOf("tfi_60s")];
        var (last, aggressor) = (Price.Zero, Side.Buy);
        for (var i = 0; i < trades.Length; i++)
        {
            if (i % TradesPerReport == 0)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(i);
            }

            var trade = trades[i];
            if (!trade.Time.IsKnown || (i > 0 && trade.Time < trades[i - 1].Time))
            {
                throw new ArgumentException($"trade {i} at {trade.Time} is not after the one before it", nameof(trades));
            }

            var next = EventDatasetBuilder.Clock(i + 1, trade.Time);
            TakeSample(pipeline, in next, last, needed, rows);
            aggressor = last.IsZero || trade.Price == last ? aggressor : trade.Price > last ? Side.Buy : Side.Sell;
            last = trade.Price;
            pipeline.Apply(next with { Price = trade.Price, Quantity = trade.Quantity, Aggressor = aggressor }, []);
        }

        if (until is { } instant)
        {
            TakeSample(pipeline, EventDatasetBuilder.Clock(trades.Length + 1, instant), last, needed, rows);
        }

        progress?.Report(trades.Length);
        return rows.ToDataset();
    }

    private static void TakeSample(FeaturePipeline pipeline, in MarketEvent next, Price last, int[] needed, SampleRows rows)
    {
        if (pipeline.TrySample(in next, out var sample) && Array.TrueForAll(needed, n => !float.IsNaN(sample.Values[n])))
        {
            rows.Add(sample, last.ToDouble());
        }
    }
}
