namespace BtcAgent.Models.LightGbm.Native;

/// <summary>Trains round by round and stops when the validation metric stops improving.</summary>
public static class BoosterTrainer
{
    /// <summary>Metrics for which greater is better; all others are losses.</summary>
    private static readonly HashSet<string> GreaterIsBetter =
        ["auc", "average_precision", "ndcg", "map", "auc_mu", "r2"];

    /// <param name="train">Training rows.</param>
    /// <param name="validation">Rows for early stopping; null trains all rounds.</param>
    /// <param name="options">Validated before training.</param>
    /// <param name="progress">Called after each round.</param>
    /// <param name="cancellationToken">Checked before each round.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="LightGbmException">LightGBM refused, or no tree could be grown.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
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
                "no tree could be grown: too few rows for min_data_in_leaf, or labels that are all equal");
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
