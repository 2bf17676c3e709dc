using System.Globalization;
using System.Text.Json;
using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Studies;

/// <summary>Header, trials and folds of a store as JSON. No times: files of equal searches are equal.</summary>
internal static class TrialJson
{
    /// <summary>Version of the format, and of the algorithms that decide the trials.</summary>
    internal const int Version = 1;

    private const string Format = "btcagent-search";

    internal static void Write(Utf8JsonWriter json, StudyIdentity identity)
    {
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        json.WriteString("spaceHash", identity.Space.Hash);
        json.WriteString("objective", identity.Objective);
        json.WriteNumber("folds", identity.Folds);
        json.WriteString("seed", identity.Seed.ToString(CultureInfo.InvariantCulture));
        json.WriteString("sampler", identity.Sampler);
        json.WriteNumber("lag", identity.Lag);
        json.WriteString("pruning", identity.Pruning);
        json.WritePropertyName("space");
        using var space = JsonDocument.Parse(identity.Space.ToJson());
        space.RootElement.WriteTo(json);
        json.WriteEndObject();
    }

    /// <exception cref="TrialStoreException">Another format or version.</exception>
    internal static StudyIdentity ReadIdentity(JsonElement json)
    {
        if (json.GetProperty("format").GetString() != Format || json.GetProperty("version").GetInt32() is not Version)
        {
            throw new TrialStoreException($"it is not a search of version {Version}, the one this program continues");
        }

        return new StudyIdentity(
            SearchSpace.Parse(json.GetProperty("space").GetRawText()),
            json.GetProperty("objective").GetString()!,
            json.GetProperty("folds").GetInt32(),
            ulong.Parse(json.GetProperty("seed").GetString()!, NumberStyles.None, CultureInfo.InvariantCulture),
            json.GetProperty("sampler").GetString()!,
            json.GetProperty("lag").GetInt32(),
            json.GetProperty("pruning").GetString()!);
    }

    internal static void Write(Utf8JsonWriter json, Trial trial)
    {
        json.WriteStartObject();
        json.WriteNumber("trial", trial.Number);
        json.WritePropertyName("point");
        trial.Point.WriteTo(json);
        json.WriteString("state", trial.State switch
        {
            TrialState.Complete => "complete",
            TrialState.Pruned => "pruned",
            _ => "failed",
        });
        WriteNumber(json, "value", trial.Value);
        json.WriteStartArray("folds");
        foreach (var fold in trial.Folds)
        {
            json.WriteStartObject();
            WriteFold(json, fold);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static Trial ReadTrial(JsonElement json, SearchSpace space) => new(
        json.GetProperty("trial").GetInt32(),
        space.ReadPoint(json.GetProperty("point")),
        json.GetProperty("state").GetString() switch
        {
            "complete" => TrialState.Complete,
            "pruned" => TrialState.Pruned,
            "failed" => TrialState.Failed,
            var other => throw new JsonException($"a trial cannot be {other}"),
        },
        json.GetProperty("folds").EnumerateArray().Select(ReadFold));

    internal static void Write(Utf8JsonWriter json, int trial, TrialFold fold)
    {
        json.WriteStartObject();
        json.WriteNumber("trial", trial);
        WriteFold(json, fold);
        json.WriteEndObject();
    }

    internal static TrialFold ReadFold(JsonElement json) => new(
        json.GetProperty("fold").GetInt32(),
        ReadNumber(json.GetProperty("score")),
        [.. json.GetProperty("returns").EnumerateArray().Select(ReadNumber)]);

    private static void WriteFold(Utf8JsonWriter json, TrialFold fold)
    {
        json.WriteNumber("fold", fold.Fold);
        WriteNumber(json, "score", fold.Score);
        json.WriteStartArray("returns");
        foreach (var value in fold.Returns)
        {
            WriteNumber(json, value);
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        WriteNumber(json, value);
    }

    // JSON has no NaN and no infinities.
    private static void WriteNumber(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else if (double.IsNaN(value))
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteStringValue(value > 0 ? "+inf" : "-inf");
        }
    }

    private static double ReadNumber(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => double.NaN,
        JsonValueKind.String => json.GetString() == "+inf" ? double.PositiveInfinity : double.NegativeInfinity,
        _ => json.GetDouble(),
    };
}
