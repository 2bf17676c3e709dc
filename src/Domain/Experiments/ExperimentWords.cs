using System.Globalization;

namespace BtcAgent.Domain.Experiments;

/// <summary>The next step of an experiment in words.</summary>
public static class ExperimentWords
{
    /// <summary>The conditions that would promote or end the experiment, for people.</summary>
    public static string Next(Experiment experiment)
    {
        var plan = experiment.Plan;
        var red = experiment.Health.RedGates.IsEmpty ? "" : $" Not before this is settled: {string.Join("; ", experiment.Health.RedGates)}.";
        return experiment.Stage switch
        {
            ExperimentStage.Shadow => Text(
                $"Canary after {plan.ShadowDays} days and {plan.ShadowTrades} trades in shadow ({experiment.StageDays} and {experiment.StageTrades} so far), if the comparison is promising. Ends below a predictive power of {plan.FutilityPower:0.##}, or {plan.ShortfallMax:P0} of the capital behind the champion.") + red,
            ExperimentStage.Canary when experiment.AwaitsConfirmation => Text(
                $"Shown to be better: champion when a person confirms it, within {plan.ConfirmationDays - experiment.AwaitedDays} days.") + red,
            ExperimentStage.Canary => Text(
                $"Champion after {plan.CanaryDays} days and {plan.CanaryTrades} trades in canary ({experiment.StageDays} and {experiment.StageTrades} so far), if it is shown to earn more. Rolled back at a loss of {plan.CanaryLossMax:P1} of the capital.") + red,
            ExperimentStage.Champion => Text(
                $"Champion; watched for {plan.WatchDays} days ({experiment.StageDays} so far), and rolled back {plan.ShortfallMax:P0} of the capital behind the former one."),
            _ => experiment.Moves[^1].Text,
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
