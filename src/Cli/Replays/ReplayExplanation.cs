using System.Collections.Immutable;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;

namespace BtcAgent.Cli.Replays;

/// <summary>What each feature added to the raw score that was made again (TreeSHAP), as the agent's API shows it.</summary>
/// <param name="Baseline">Expected raw score over the training data.</param>
/// <param name="RawScore">Baseline and all contributions.</param>
/// <param name="Contributions">In the model's order.</param>
internal sealed record ReplayExplanation(double Baseline, double RawScore, ImmutableArray<ReplayExplanation.Part> Contributions)
{
    public static ReplayExplanation Of(ModelExplanation explanation, FeatureSample sample, FeatureSchema schema) => new(
        explanation.Baseline,
        explanation.RawScore,
        [.. explanation.Contributions.Select((contribution, i) => new Part(schema.Definitions[i].Name, sample.Values[i], contribution))]);

    /// <summary>One feature's share.</summary>
    /// <param name="Feature">Its name.</param>
    /// <param name="Value">In the sample; NaN where unknown.</param>
    /// <param name="Contribution">To the raw score.</param>
    internal sealed record Part(string Feature, float Value, double Contribution);
}
