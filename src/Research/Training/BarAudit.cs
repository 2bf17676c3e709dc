using BtcAgent.Research.Bars;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Leakage;

namespace BtcAgent.Research.Training;

/// <summary>The look-ahead audit of features made from bars.</summary>
public static class BarAudit
{
    /// <summary>
    /// Recomputes rows from their truncated past, and returns whether they agree bit for bit.
    /// </summary>
    /// <param name="instrument">Instrument of the bars.</param>
    /// <param name="series">Bars, of which the first ones are audited.</param>
    public static LookAheadReport Run(InstrumentId instrument, BarSeries series)
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
