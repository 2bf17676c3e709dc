namespace BtcAgent.Models.LightGbm.Native;

/// <summary>Boosts round by round and stops when the validation metric no longer gets better.</summary>
public static class BoosterTrainer
{
    /// <summary>Metrics that are better when greater; all others are losses.</summary>
    private static readonly HashSet<string> GreaterIsBetter =
        ["auc", "average_precision", "ndcg", "map", "auc_mu", "r2"];

    /// <param name="train">Rows to learn from.</param>
    /// <param name="validation">Rows that decide when to stop; null trains all rounds.</param>
    /// <param name="options">Checked.</param>
    /// <param name="progress">Told after each round.</param>
    /// <param name="cancellationToken">Looked at before each round.</param>
    /// <exception cref="ArgumentException">An option out of range.</exception>
    /// <exception cref="LightGbmException">LightGBM refused, or there is nothing to learn.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TrainingOutcome Train(
        TrainingTable train,
        TrainingTable? validation,
        TrainingOptions options,
        IProgress<TrainingRound>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options.Check();
        using var booster = new Booster(train, options);
        if (validation is not null)
        {
            booster.AddValidation(validation);
        }

        var sign = GreaterIsBetter.Contains(options.Metric) ? 1 : -1;
        var metrics = new List<double>();
        var (best, bestRound) = (double.NegativeInfinity, 0);
        while (metrics.Count < options.Rounds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!booster.Update())
            {
                break;
            }

            metrics.Add(booster.Evaluate(validation is null ? 0 : 1).FirstOrDefault(double.NaN));
            progress?.Report(new TrainingRound(metrics.Count, options.Rounds, metrics[^1]));
            if (sign * metrics[^1] > best)
            {
                (best, bestRound) = (sign * metrics[^1], metrics.Count);
            }
            else if (validation is not null && options.EarlyStoppingRounds > 0
                && metrics.Count - bestRound >= options.EarlyStoppingRounds)
            {
                break;
            }
        }

        if (metrics.Count == 0)
        {
            throw new LightGbmException(
                "no tree could be grown: too few rows for min_data_in_leaf, or labels that are all the same");
        }

        var kept = validation is null || bestRound == 0 ? metrics.Count : bestRound;
        return new TrainingOutcome(booster.ToText(kept), kept, [.. metrics], [.. Gains(booster, kept, metrics.Count)]);
    }

    private static double[] Gains(Booster booster, int kept, int trained)
    {
        if (kept == trained)
        {
            return booster.FeatureGains();
        }

        using var cut = Booster.FromText(booster.ToText(kept));
        return cut.FeatureGains();
    }
}
