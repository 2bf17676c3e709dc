using System.Globalization;

namespace BtcAgent.Domain.Experiments;

/// <summary>A rule that ends an experiment at once, without waiting for significance.</summary>
/// <param name="Cause">The rule.</param>
/// <param name="Figure">The judged figure; null for a rule without one.</param>
/// <param name="Limit">Its limit; null for a rule without one.</param>
/// <param name="Text">The reason, for people.</param>
public readonly record struct StageBreach(ExperimentCause Cause, double? Figure, double? Limit, string Text)
{
    private const double SpreadMin = 1e-9;

    /// <summary>The first rule that an experiment breaks by its last health and its days; null for none.</summary>
    public static StageBreach? Of(Experiment experiment)
    {
        var (plan, health) = (experiment.Plan, experiment.Health);
        var stop = plan.CanaryLossMax * plan.CanaryLossStop;
        var judged = health.Samples >= plan.SamplesMin;
        var failures = Share(health.Failures, health.Samples);
        var late = Share(health.Late, health.Samples);
        var shortfall = -(experiment.Stage == ExperimentStage.Champion ? experiment.StageDifference : experiment.TotalDifference);
        return experiment.Stage == ExperimentStage.Canary && !(health.CanaryPnl > -stop)
                ? New(ExperimentCause.CanaryLoss, -health.CanaryPnl, stop, $"the canary lost {-health.CanaryPnl:P3} of the capital and is stopped at {stop:P3}, its limit is {plan.CanaryLossMax:P3}")
            : experiment.Stage == ExperimentStage.Canary && health.CanaryStop is { } halted
                ? new(ExperimentCause.CanaryLoss, null, null, $"the canary's portfolio {health.CanaryPortfolio} was halted: {halted}")
            : health.ParityBreaks > 0
                ? New(ExperimentCause.ParityBreak, health.ParityBreaks, 0, $"{health.ParityBreaks} decisions differ from their recomputation")
            : health.Drift is { } drift
                ? new(ExperimentCause.Drift, null, null, drift)
            : judged && !(failures <= plan.FailureShareMax)
                ? New(ExperimentCause.ErrorBudget, failures, plan.FailureShareMax, $"{health.Failures} of {health.Samples} samples failed, {plan.FailureShareMax:P3} may")
            : judged && !(late <= plan.LateShareMax)
                ? New(ExperimentCause.LatencyBudget, late, plan.LateShareMax, $"{health.Late} of {health.Samples} scores were late, {plan.LateShareMax:P3} may be")
            : judged && !(health.ScoreSpread > SpreadMin)
                ? New(ExperimentCause.ConstantScore, health.ScoreSpread, SpreadMin, $"{health.Samples} samples of a day have one score")
            : !(shortfall < plan.ShortfallMax)
                ? New(ExperimentCause.Shortfall, shortfall, plan.ShortfallMax, $"the challenger earned {shortfall:P1} of the capital less than the champion, {plan.ShortfallMax:P1} ends it")
            : null;
    }

    private static double Share(long part, long whole) => whole <= 0 ? 0 : (double)part / whole;

    private static StageBreach New(ExperimentCause cause, double? figure, double limit, FormattableString text) =>
        new(cause, figure, limit, text.ToString(CultureInfo.InvariantCulture));
}
