using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BtcAgent.Domain.Models;
using BtcAgent.Research.Backtests;

namespace BtcAgent.Research.Reports;

/// <summary>Writes the figures of a report as JSON: camel case, UTC times, null where a figure is undefined.</summary>
/// <remarks>
/// Figures always cover the whole run. Round trips and fills are thinned above <see cref="RowsMax"/>: every n-th from the
/// first on, and the last, with the smallest n that keeps the limit. <c>roundTripsTotal</c> and <c>roundTripsEvery</c>,
/// <c>fillsTotal</c> and <c>fillsEvery</c> contain the total and n, which is 1 when all are included.
/// </remarks>
public static class JsonReport
{
    /// <summary>Most round trips, and most fills, in a report unless all are requested: 5,000 of each, 3 to 4 MB.</summary>
    public const int RowsMax = 5_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Converters =
        {
            new FiniteDoubleConverter(),
            new JsonStringEnumConverter<VerdictState>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<SampleKind>(JsonNamingPolicy.CamelCase),
        },
    };

    /// <param name="content">Content of the report.</param>
    /// <param name="allRows">Writes every round trip and fill, about 300 bytes each.</param>
    public static byte[] Render(ReportContent content, bool allRows = false)
    {
        var (result, run) = (content.Result, content.Training);
        var roundTripsEvery = allRows ? 1 : Every(result.RoundTrips.Length);
        var fillsEvery = allRows ? 1 : Every(result.Fills.Length);
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                content.Verdict,
                content.Title,
                result.Strategy,
                result.Instrument,
                result.QuoteAsset,
                result.Source,
                result.Settings,
                content.Lineage,
                Model = run?.Artefact?.Id,
                content.Metrics,
                Folds = run?.Folds,
                Reliability = run?.Calibrated,
                ReliabilityBefore = run?.Uncalibrated,
                Importance = run?.Importance.Select(f => new { f.Name, f.Gain }),
                run?.OverfittingProbability,
                run?.IndependentTrials,
                Leakage = run?.Checks?.Lines(),
                result.ModelWindow,
                result.Orders,
                result.InitialCash,
                result.InitialBase,
                result.FinalCash,
                result.FinalBase,
                result.Fees,
                result.Refusals,
                result.NotChecked,
                result.Remarks,
                result.Instruments,
                Exits = ExitSummary.Of(result.RoundTrips),
                result.Sweep,
                result.DecisionsHash,
                RoundTripsTotal = result.RoundTrips.Length,
                RoundTripsEvery = roundTripsEvery,
                RoundTrips = Thinned(result.RoundTrips, roundTripsEvery),
                FillsTotal = result.Fills.Length,
                FillsEvery = fillsEvery,
                Fills = Thinned(result.Fills, fillsEvery),
            },
            Json);
    }

    /// <summary>Computes n; the last row is always included, which leaves one fewer for the others.</summary>
    private static int Every(int total) => total <= RowsMax ? 1 : ((total - 1) / (RowsMax - 1)) + 1;

    private static IEnumerable<T> Thinned<T>(ImmutableArray<T> rows, int every) =>
        every == 1 ? rows : rows.Where((_, i) => i % every == 0 || i == rows.Length - 1);
}
