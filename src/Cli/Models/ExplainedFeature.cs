namespace BtcAgent.Cli.Models;

/// <summary>Contribution of one feature to a raw score.</summary>
internal sealed record ExplainedFeature(string Feature, float Value, double Contribution);
