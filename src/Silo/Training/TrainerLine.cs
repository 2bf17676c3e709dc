using System.Text.Json;

namespace BtcAgent.Silo.Training;

/// <summary>A line of a trainer's standard output.</summary>
/// <param name="Step">Current work; null in the last line of a failure.</param>
/// <param name="Share">Share of the whole, 0…1.</param>
/// <param name="Failed">Why the training failed; null while it has not.</param>
internal sealed record TrainerLine(string? Step, double Share, string? Failed)
{
    /// <summary>Longer lines are not of this program.</summary>
    private const int LengthMax = 4_096;

    public override string ToString() => JsonSerializer.Serialize(this, TrainerFolder.Json);

    /// <summary>Null for a line of something else, such as a library.</summary>
    public static TrainerLine? Parse(string text)
    {
        if (text.Length > LengthMax || !text.StartsWith('{'))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<TrainerLine>(text, TrainerFolder.Json) is { } line && double.IsFinite(line.Share) ? line : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
