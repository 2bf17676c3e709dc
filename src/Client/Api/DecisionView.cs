using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Client.Api;

/// <summary>
/// The whole provenance of a decision: the sample with its features by name, the signal, every risk check, the order.
/// </summary>
/// <param name="Decision">As it was made.</param>
/// <param name="Features">Empty when the features were of another schema than today's.</param>
/// <param name="Order">What became of it; null when there was none, or it is too old to be at hand.</param>
/// <param name="Explanation">What each feature added to the score; null when no registered model made it.</param>
/// <param name="NoExplanation">Why there is none; null when there is one.</param>
public sealed record DecisionView(
    Decision Decision,
    IReadOnlyList<FeatureValue> Features,
    Order? Order,
    ScoreExplanation? Explanation,
    string? NoExplanation);
