using System.Text.Json;
using System.Text.Json.Serialization;

namespace BtcAgent.Research.Reports;

/// <summary>The figures of a report for programs: camel case, UTC times, null where a figure is not defined.</summary>
public static class JsonReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new FiniteOrNull() },
    };

    public static byte[] Render(ReportContent content)
    {
        var verdict = Verdict.Of(content);
        var (result, run) = (content.Result, content.Training);
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                content.Title,
                Verdict = verdict.Text,
                verdict.Survives,
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
                run?.Leakage,
                result.Orders,
                result.InitialCash,
                result.InitialBase,
                result.FinalCash,
                result.FinalBase,
                result.Fees,
                result.Refusals,
                result.DecisionsHash,
                result.RoundTrips,
                result.Fills,
            },
            Json);
    }

    private sealed class FiniteOrNull : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
