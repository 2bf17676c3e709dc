using System.Text;
using System.Text.Json.Nodes;
using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Tests.Signals;

namespace BtcAgent.Models.LightGbm.Tests.Artefacts;

/// <summary>Every field of a manifest has a range, and a value beyond it names the field.</summary>
public sealed class ManifestLimitsTests
{
    [Theory]
    [InlineData("name", "\"../../etc\"", "name takes")]
    [InlineData("name", "\"\"", "name takes")]
    [InlineData("objective", "\"binary\\u0007\"", "objective takes")]
    [InlineData("trees", "0", "trees takes")]
    [InlineData("trees", "100001", "trees takes")]
    [InlineData("schemaHash", "\"12\"", "schemaHash takes")]
    [InlineData("features", "[]", "features takes")]
    [InlineData("features", "[null]", "features[0] is null")]
    [InlineData("features.0.name", "\"\"", "features[0].name takes")]
    [InlineData("features.0.name", "\"a b\"", "features[0].name takes")]
    [InlineData("features.0.low", "2", "features[0].low takes")]
    [InlineData("features.0.high", "null", "features[0].low and high take")]
    [InlineData("features.0.high", "1e39", "features[0]")]
    [InlineData("features.0.missingShare", "1.5", "features[0].missingShare takes")]
    [InlineData("features.0.gain", "-1", "features[0].gain takes")]
    [InlineData("features.0.gain", "1e999", "features[0].gain takes")]
    [InlineData("label", "\"\"", "label takes")]
    [InlineData("horizonMs", "0", "horizonMs takes")]
    [InlineData("horizonMs", "9223372036854775807", "horizonMs takes")]
    [InlineData("trainedFrom", "\"2100-01-01T00:00:00+00:00\"", "trainedFrom takes")]
    [InlineData("trainedFrom", "\"0001-01-01T00:00:00+00:00\"", "trainedFrom takes")]
    [InlineData("trainedTo", "\"9999-01-01T00:00:00+00:00\"", "trainedTo takes")]
    [InlineData("calibration.a", "1e999", "calibration: Platt")]
    [InlineData("policy.entryConfidence", "-0.1", "policy.entryConfidence takes")]
    [InlineData("policy.entryConfidence", "1e999", "policy.entryConfidence takes")]
    [InlineData("policy.exitConfidence", "0.9", "policy.exitConfidence takes")]
    [InlineData("policy.meanMoveBps", "1e6", "policy.meanMoveBps takes")]
    [InlineData("policy.outOfRangeMax", "-1", "policy.outOfRangeMax takes")]
    [InlineData("policy.outOfRangeMax", "100000", "policy.outOfRangeMax takes")]
    [InlineData("metrics.auc", "1e999", "metrics.auc takes")]
    [InlineData("parity.rows", "0", "parity.rows takes")]
    [InlineData("parity.maxRelativeDifference", "1e999", "parity.maxRelativeDifference takes")]
    [InlineData("lineage.seed", "\"a\\nb\"", "lineage.seed takes")]
    [InlineData("verdict.state", "\"splendid\"", "not a model manifest")]
    [InlineData("verdict.state", "1", "not a model manifest")]
    [InlineData("verdict.state", "\"leaks\"", "verdict.state takes survives if and only if every reason holds")]
    [InlineData("verdict.reasons", "[]", "verdict.reasons takes")]
    [InlineData("verdict.reasons.0", "null", "verdict.reasons[0] is null")]
    [InlineData("verdict.reasons.0.holds", "false", "verdict.state takes survives if and only if every reason holds")]
    [InlineData("verdict.reasons.0.value", "1e999", "verdict.reasons[0].value takes")]
    [InlineData("verdict.reasons.0.text", "\"\"", "verdict.reasons[0].text takes")]
    public void Parse_FieldOutOfRange_NamesItAndItsRange(string field, string value, string expected)
    {
        var manifest = JsonNode.Parse(SignalForest.Make().Manifest.ToJson())!;
        var path = field.Split('.');
        var owner = path[..^1].Aggregate(manifest, (node, name) => int.TryParse(name, out var at) ? node[at]! : node[name]!);
        Assert.True(owner is JsonArray || owner.AsObject().ContainsKey(path[^1]), $"no field {field}");
        if (owner is JsonArray list)
        {
            list[int.Parse(path[^1], null)] = JsonNode.Parse(value);
        }
        else
        {
            owner[path[^1]] = JsonNode.Parse(value);
        }

        var refused = Assert.Throws<ModelRefusedException>(() => ModelManifest.Parse(Encoding.UTF8.GetBytes(manifest.ToJsonString())));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Artefacts of earlier versions have no verdict.</summary>
    [Fact]
    public void Parse_ManifestWithoutAVerdict_IsTakenAndCountsAsNotJudged()
    {
        var manifest = JsonNode.Parse(SignalForest.Make().Manifest.ToJson())!;
        Assert.True(manifest.AsObject().Remove("verdict"));

        var parsed = ModelManifest.Parse(Encoding.UTF8.GetBytes(manifest.ToJsonString()));

        Assert.Null(parsed.Verdict);
        Assert.False(Verdict.NotJudged.Survives);
        Assert.Equal(VerdictState.NotJudged, Verdict.NotJudged.State);
    }

    /// <summary>Artefacts of earlier versions have no bins: their drift is unknown.</summary>
    [Fact]
    public void Parse_ManifestWithOrWithoutBins_HasAReferenceOrNone()
    {
        var old = SignalForest.Make().Manifest;
        Assert.Null(ModelManifest.Parse(old.ToJson()).ToBaseline().Distributions);

        var bins = FeatureBins.Of([1, 2, 3, float.NaN]);
        var binned = old with
        {
            Features = [.. old.Features.Select((f, i) => f with { Bins = bins, Gain = i == 0 ? 0 : 1 })],
            ScoreBins = bins,
            LabelAtHorizon = true,
            Metrics = old.Metrics.SetItem("brier", 0.24).SetItem(ModelManifest.DayMeanMetric, 0.001).SetItem(ModelManifest.DayDeviationMetric, 0.02),
        };
        var baseline = ModelManifest.Parse(binned.ToJson()).ToBaseline();
        var reference = baseline.Distributions!;

        // The first feature is used by no tree.
        Assert.Equal(old.Features.Skip(1).Select(f => f.Name), reference.Features);
        Assert.Equal(Enumerable.Range(1, old.Features.Length - 1), baseline.Columns);
        Assert.Equal(old.TrainedTo - old.TrainedFrom, reference.Span);
        Assert.Equal((0.24, TimeSpan.FromMilliseconds(old.HorizonMs), new DailyProfit(0.001, 0.02)), (baseline.Brier, baseline.Horizon, baseline.Profit));
        Assert.Null(ModelManifest.Parse((binned with { LabelAtHorizon = false }).ToJson()).ToBaseline().Horizon);
        Assert.All(reference.Bins, read => Assert.Equal(bins, read));
        Assert.Equal(bins, reference.Scores);
    }

    [Fact]
    public void Parse_InvalidBins_NamesThem()
    {
        var manifest = SignalForest.Make().Manifest;
        var bad = FeatureBins.Of([1, 2, 3]) with { Counts = [1] };

        var feature = Assert.Throws<ModelRefusedException>(() => ModelManifest.Parse(
            (manifest with { Features = [manifest.Features[0] with { Bins = bad }, .. manifest.Features[1..]] }).ToJson()));
        var score = Assert.Throws<ModelRefusedException>(() => ModelManifest.Parse((manifest with { ScoreBins = bad }).ToJson()));

        Assert.Contains("features[0].bins: ", feature.Message, StringComparison.Ordinal);
        Assert.Contains("scoreBins: ", score.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_PolicyThatNeverEnters_IsTaken()
    {
        var manifest = SignalForest.Make(m => m with { Policy = m.Policy with { EntryConfidence = ManifestLimits.ConfidenceMax } }).Manifest;

        Assert.Equal(2, ModelManifest.Parse(manifest.ToJson()).Policy.EntryConfidence);
    }
}
