using BtcAgent.Domain.Features;

namespace BtcAgent.Client.Api;

/// <summary>One feature of a decision; null when it was unknown.</summary>
public sealed record FeatureValue(string Name, FeatureGroup Group, string Unit, float Value);
