namespace BtcAgent.Cli.Models;

/// <summary>What one feature added to a raw score.</summary>
internal sealed record ExplainedFeature(string Feature, float Value, double Contribution);
