using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Retraining;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Grains.Retraining;

/// <summary>Makes requests by the settings in force.</summary>
internal sealed class TrainingRequests(AgentOptions agent, RetrainingOptions options)
{
    /// <summary>The strategies whose model can be trained.</summary>
    public IEnumerable<StrategyOptions> Trained => agent.Strategies.Where(strategy => strategy.Model == SignalModels.Trained).DistinctBy(strategy => strategy.Name);

    /// <summary>Why a strategy cannot be trained; null when it can.</summary>
    public string? WhyNot(string strategy) => Trained.Any(known => known.Name == strategy) ? null
        : agent.Strategies.Any(known => known.Name == strategy)
            ? $"strategy '{strategy}' trades a rule: set its Model to {SignalModels.Trained} to train a model for it"
            : $"strategy '{strategy}' is not configured; strategies with a trained model are: {string.Join(", ", Trained.Select(known => known.Name).DefaultIfEmpty("none"))}";

    /// <param name="strategy">A strategy of <see cref="Trained"/>.</param>
    /// <param name="trigger">Cause.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="reason">Why.</param>
    /// <param name="days">Days to train on; null for the setting.</param>
    /// <param name="trials">Trials of a search, 0 for none; null for the setting.</param>
    /// <param name="until">End of the data: market time, or our clock before the first event.</param>
    public TrainingRequest Of(string strategy, TrainingTrigger trigger, string by, string reason, double? days, int? trials, Timestamp until)
    {
        var recipe = options.Recipe;
        return new TrainingRequest(
            strategy,
            InstrumentId.Parse(Trained.First(known => known.Name == strategy).Instrument),
            trigger,
            by,
            reason,
            new TrainingWindow(TrainingDataKind.History, until - TimeSpan.FromDays(days ?? options.WindowDays), until),
            new TrainingRecipe
            {
                Name = strategy,
                Folds = recipe.Folds,
                Rounds = recipe.Rounds,
                EarlyStoppingRounds = recipe.EarlyStoppingRounds,
                LearningRate = recipe.LearningRate,
                Leaves = recipe.Leaves,
                MinRowsInLeaf = recipe.MinRowsInLeaf,
                FeatureFraction = recipe.FeatureFraction,
                ValidationShare = recipe.ValidationShare,
                Embargo = recipe.Embargo,
                CostBps = recipe.CostBps ?? agent.Paper.TakerFeeBps,
                HorizonSeconds = recipe.HorizonSeconds,
                BarrierBps = recipe.BarrierBps,
                Seed = recipe.Seed,
                HidesCalendar = false,
                RowsMin = recipe.RowsMin,
                Search = options.Search.Of(trials),
            });
    }
}
