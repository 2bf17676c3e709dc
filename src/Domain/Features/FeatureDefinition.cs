namespace BtcAgent.Domain.Features;

/// <summary>One column of the feature vector.</summary>
/// <param name="Name">Unique within the schema.</param>
/// <param name="Group">Source of its values.</param>
/// <param name="Unit">Unit of the value: bps, ratio, 1/s, …</param>
/// <param name="Formula">How it is computed.</param>
/// <param name="Source">Paper or document it comes from.</param>
public sealed record FeatureDefinition(string Name, FeatureGroup Group, string Unit, string Formula, string Source);
