namespace BtcAgent.Cli.Models;

/// <summary>What <c>model explain --json</c> prints; the greatest contributions first.</summary>
internal sealed record ExplainedScore(
    string Id, double RawScore, double Probability, double Baseline, IReadOnlyList<ExplainedFeature> Contributions);
