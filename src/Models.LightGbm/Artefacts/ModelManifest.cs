using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Models;

namespace BtcAgent.Models.LightGbm.Artefacts;

/// <summary>
/// <c>manifest.json</c> of an artefact: what serving needs besides the trees, and the origin of the model. Contains no time
/// of day and no machine name, so that the same data, code and seed give the same bytes.
/// </summary>
public sealed record ModelManifest
{
    public const int CurrentFormat = 1;

    /// <summary>Metric: mean net profit of a day out of sample, as a fraction of a full position.</summary>
    public const string DayMeanMetric = "oos_day_mean";

    /// <summary>Metric: its standard deviation.</summary>
    public const string DayDeviationMetric = "oos_day_deviation";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter<VerdictState>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public required int Format { get; init; }

    /// <summary>Letters, digits and dashes.</summary>
    public required string Name { get; init; }

    /// <summary>As in the header of <c>model.txt</c>, such as <c>binary sigmoid:1</c>.</summary>
    public required string Objective { get; init; }

    public required int Trees { get; init; }

    /// <summary>Feature schema of the training data, 16 hexadecimal digits.</summary>
    public required string SchemaHash { get; init; }

    /// <summary>In the model's input order.</summary>
    public required ImmutableArray<FeatureRange> Features { get; init; }

    /// <summary>Description of the label.</summary>
    public required string Label { get; init; }

    /// <summary>Longest time that a label looks ahead, in milliseconds.</summary>
    public required long HorizonMs { get; init; }

    public required DateTimeOffset TrainedFrom { get; init; }

    public required DateTimeOffset TrainedTo { get; init; }

    /// <summary>Maps the raw score to a probability.</summary>
    public required CalibrationCurve Calibration { get; init; }

    public required TradingPolicy Policy { get; init; }

    /// <summary>Out-of-sample figures by name.</summary>
    public required ImmutableSortedDictionary<string, double> Metrics { get; init; }

    /// <summary>The verdict on the walk-forward; null in artefacts of earlier versions, which count as not judged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Verdict? Verdict { get; init; }

    /// <summary>Distribution of the calibrated out-of-sample scores, for drift; null in artefacts of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FeatureBins? ScoreBins { get; init; }

    /// <summary>
    /// True when every label was decided at its horizon, by the sign of the price's move; false for barriers, and in artefacts of
    /// earlier versions, whose calibration is not watched.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool LabelAtHorizon { get; init; }

    public required ConversionSummary Parity { get; init; }

    /// <summary>Data hash, code version, parameters and seed by name.</summary>
    public required ImmutableSortedDictionary<string, string> Lineage { get; init; }

    /// <summary>The training, with which serving is compared. A feature that no tree uses may change: it is left out.</summary>
    public ModelBaseline ToBaseline()
    {
        ImmutableArray<int> used = [.. Enumerable.Range(0, Features.Length).Where(i => Features[i].IsUsed)];
        var hasBins = !used.IsEmpty && used.All(i => Features[i].Bins is not null);
        return new ModelBaseline
        {
            Distributions = !hasBins ? null : new DriftReference(
                [.. used.Select(i => Features[i].Name)], [.. used.Select(i => Features[i].Bins!)], ScoreBins, TrainedTo - TrainedFrom),
            Columns = hasBins ? used : [],
            Brier = Metrics.TryGetValue("brier", out var brier) && brier is >= 0 and <= 1 ? brier : null,
            Horizon = LabelAtHorizon ? TimeSpan.FromMilliseconds(HorizonMs) : null,
            Profit = Metrics.TryGetValue(DayMeanMetric, out var mean) && Metrics.TryGetValue(DayDeviationMetric, out var deviation) && deviation > 0
                ? new DailyProfit(mean, deviation)
                : null,
        };
    }

    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Json), (byte)'\n'];

    /// <exception cref="ModelRefusedException">The JSON is not a manifest of this format; the message names the
    /// problem.</exception>
    public static ModelManifest Parse(ReadOnlySpan<byte> json)
    {
        ModelManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<ModelManifest>(json, Json);
        }
        catch (JsonException e)
        {
            throw new ModelRefusedException($"manifest.json is not a model manifest: {e.Message}", e);
        }

        if (manifest is null || manifest.Format != CurrentFormat)
        {
            throw new ModelRefusedException(
                $"manifest.json has format {manifest?.Format}, this version reads {CurrentFormat}: train the model again");
        }

        return ManifestLimits.Problem(manifest) is { } problem
            ? throw new ModelRefusedException($"manifest.json: {problem}")
            : manifest;
    }
}
