namespace BtcAgent.Cli.Models;

/// <summary>The output of <c>model explain --json</c>; the greatest contributions first.</summary>
internal sealed record ExplainedScore(
    string Id, double RawScore, double Probability, double Baseline, IReadOnlyList<ExplainedFeature> Contributions);
