using System.Collections.Immutable;
using System.Text.Json;
using BtcAgent.Social.Scoring;

namespace BtcAgent.Silo.Scorers;

/// <summary>A line between a scorer's process and the one that started it; JSON.</summary>
internal sealed record ScorerLine
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Number of a batch and of its answer; 0 in the first line of a scorer.</summary>
    public long Batch { get; init; }

    /// <summary>The texts of a batch.</summary>
    public ImmutableArray<string>? Texts { get; init; }

    /// <summary>The tones of an answer, in order.</summary>
    public ImmutableArray<ToneScore>? Tones { get; init; }

    /// <summary>Id of the model; in the first line.</summary>
    public string? Id { get; init; }

    /// <summary>Hash of the model; in the first line.</summary>
    public string? Hash { get; init; }

    /// <summary>The model's classes; in the first line.</summary>
    public ImmutableArray<string>? Labels { get; init; }

    /// <summary>Why there is no tone, or no model.</summary>
    public string? Failed { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Null for a line of something else, such as a library.</summary>
    public static ScorerLine? Parse(string line)
    {
        try
        {
            return line.StartsWith('{') ? JsonSerializer.Deserialize<ScorerLine>(line, Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
