namespace BtcAgent.Client.Api;

/// <summary>Contribution of one feature to a model's raw score.</summary>
/// <param name="Name">Name of the feature.</param>
/// <param name="Value">The model's input; null when unknown.</param>
/// <param name="Contribution">Contribution in the unit of the raw score: log-odds for binary models.</param>
public sealed record FeatureContribution(string Name, float Value, double Contribution);
