using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Client.Api;

/// <summary>
/// The whole provenance of a decision: the sample with its features by name, the signal, every risk check, the order.
/// </summary>
/// <param name="Decision">The recorded decision.</param>
/// <param name="Features">Features by name; empty when their schema differs from the current one.</param>
/// <param name="Order">The current state of its order; null when there was none, or it is no longer in memory.</param>
/// <param name="Explanation">
/// Contribution of each feature to the score; null when the score is not from a registered model.
/// </param>
/// <param name="NoExplanation">Why there is no explanation; null when there is one.</param>
public sealed record DecisionView(
    Decision Decision,
    IReadOnlyList<FeatureValue> Features,
    Order? Order,
    ScoreExplanation? Explanation,
    string? NoExplanation);
