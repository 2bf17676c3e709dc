namespace BtcAgent.Client.Api;

/// <summary>What one feature added to a model's raw score.</summary>
/// <param name="Name">Of the feature.</param>
/// <param name="Value">That the model saw; null when it was unknown.</param>
/// <param name="Contribution">In the unit of the raw score: log-odds for binary models.</param>
public sealed record FeatureContribution(string Name, float Value, double Contribution);
