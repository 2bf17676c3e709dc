namespace BtcAgent.Research.Experiments;

/// <summary>Outcomes of one scenario.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Advantage">Annualised Sharpe ratio of the challenger less the champion's.</param>
/// <param name="Correlation">Correlation of the daily profits of champion and challenger.</param>
/// <param name="Experiments">Number simulated.</param>
/// <param name="Promoted">Share in which a challenger became champion.</param>
/// <param name="PromotedLow">Lower end of its 95 % interval (Wilson 1927).</param>
/// <param name="PromotedHigh">Upper end.</param>
/// <param name="Futile">Share ended for futility or at the horizon.</param>
/// <param name="RolledBack">Share ended by a breach.</param>
/// <param name="ReachedCanary">Share that risked money.</param>
/// <param name="MedianDaysToPromotion">Days until the promotion; null for none.</param>
/// <param name="MedianDays">Days until the end.</param>
public sealed record ScenarioResult(
    string Scenario,
    double Advantage,
    double Correlation,
    int Experiments,
    double Promoted,
    double PromotedLow,
    double PromotedHigh,
    double Futile,
    double RolledBack,
    double ReachedCanary,
    double? MedianDaysToPromotion,
    double MedianDays)
{
    /// <summary>Greatest loss of a canary ÷ its limit.</summary>
    public required double GreatestCanaryLoss { get; init; }
}
