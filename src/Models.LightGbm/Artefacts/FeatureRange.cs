using System.Text.Json.Serialization;
using BtcAgent.Domain.Drift;

namespace BtcAgent.Models.LightGbm.Artefacts;

/// <summary>Range of one feature in the training data; the model has learned nothing outside it.</summary>
/// <param name="Name">Feature name, in the model's input order.</param>
/// <param name="Low">Smallest value; null when every value was missing.</param>
/// <param name="High">Largest value; null when every value was missing.</param>
/// <param name="MissingShare">Fraction of rows without a value, 0…1.</param>
/// <param name="Gain">Total gain of the splits on it; 0 when no tree uses it.</param>
public sealed record FeatureRange(string Name, float? Low, float? High, double MissingShare, double Gain)
{
    /// <summary>Distribution in the training data, for drift; null in artefacts of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FeatureBins? Bins { get; init; }

    public bool IsUsed => Gain > 0;
}
