using System.Collections.Immutable;
using BtcAgent.Contracts.Experiments;
using BtcAgent.Contracts.Models;
using BtcAgent.Contracts.Settings;
using BtcAgent.Contracts.Signals;
using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Experiments;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Trading;
using BtcAgent.Grains.Keys;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Experiments;

/// <summary>
/// Runs the experiments, in one silo at a time: brings the days of the virtual accounts to their grain and carries its moves to the
/// registry of models. A move that a crash left undone is carried out by the next holder.
/// </summary>
internal sealed partial class ExperimentDesk(
    IGrainFactory grains,
    IOptions<AgentOptions> agent,
    IOptions<ExperimentOptions> options,
    CanaryDesk canaries,
    TimeProvider time,
    ILogger<ExperimentDesk> logger)
{
    private const string Agent = "experiment";

    /// <summary>Part of the loss limit by which a canary's profit has moved when it is stored again.</summary>
    private const double PnlStep = 0.05;

    private bool _hasFailed;

    private IExperimentsGrain Experiments => grains.GetGrain<IExperimentsGrain>(IExperimentsGrain.Key);

    private IModelRegistryGrain Registry => grains.GetGrain<IModelRegistryGrain>(IModelRegistryGrain.Key);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.EvaluateSeconds), time);
        do
        {
            try
            {
                await StepAsync();
                _hasFailed = false;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                if (!_hasFailed)
                {
                    LogFailed(logger, e.Message);
                }

                _hasFailed = true;
            }

            await canaries.CloseAsync(agent.Value.Strategies);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Looks at every strategy once.</summary>
    internal async Task StepAsync()
    {
        var (models, experiments) = (await Registry.List(), await Experiments.List());
        foreach (var strategy in agent.Value.Strategies.GroupBy(s => s.Name))
        {
            var running = experiments.Where(e => e.Experiment.Strategy == strategy.Key && (e.Experiment.IsRunning || e.Pending is not null)).ToArray();
            var shadows = models.Where(m => m.Strategy == strategy.Key && m.Stage is ModelStage.Shadow).ToArray();
            if (running.Length == 0 && (shadows.Length == 0 || !options.Value.BeginByItself))
            {
                continue;
            }

            foreach (var experiment in running)
            {
                await AdvanceAsync(experiment, [.. strategy], models);
            }

            if (options.Value.BeginByItself)
            {
                await BeginAsync(strategy.First(), shadows, experiments);
            }
        }
    }

    /// <summary>The counters of a day change with each sample: they are stored with the day, unless they end the experiment.</summary>
    private static bool IsWorthWriting(Experiment experiment, StageHealth health) =>
        StageBreach.Of(experiment with { Health = health }) is not null || !health.RedGates.SequenceEqual(experiment.Health.RedGates)
        || health.CanaryPortfolio != experiment.Health.CanaryPortfolio
        || Math.Abs(health.CanaryPnl - experiment.Health.CanaryPnl) > experiment.Plan.CanaryLossMax * PnlStep;

    private async Task BeginAsync(StrategyOptions strategy, ModelEntry[] shadows, ImmutableArray<TrackedExperiment> experiments)
    {
        var free = options.Value.Challengers - experiments.Count(e => e.Experiment.IsRunning && e.Experiment.Strategy == strategy.Name);
        foreach (var shadow in shadows.Where(m => experiments.All(e => e.Experiment.Challenger != m.Id && e.Experiment.Champion != m.Id)).Take(Math.Max(0, free)))
        {
            var status = await SignalsOf(strategy).GetStatus();
            var begun = await Experiments.Begin(strategy.Name, status.Champion.ModelId, shadow.Id, options.Value.ToPlan());
            if (begun is { Refusal: null, Tracked.Experiment: { } experiment })
            {
                LogBegun(logger, experiment.Id, shadow.Id, experiment.Champion, strategy.Name);
            }
        }
    }

    private async Task AdvanceAsync(TrackedExperiment tracked, StrategyOptions[] strategies, ImmutableArray<ModelEntry> models)
    {
        if (tracked is { Pending: null, Experiment: { IsRunning: true } running } && models.FirstOrDefault(m => m.Id == running.Challenger) is var entry
            && entry?.Stage != StageOf(running.Stage))
        {
            tracked = (await Experiments.Stop(running.Id, Agent, $"the challenger was moved to {Word(entry)} by a person")).Tracked ?? tracked;
        }
        else if (tracked.Experiment.IsRunning)
        {
            var (accounts, watches) = (new List<ImmutableArray<VirtualAccountSummary>>(), new List<ModelWatchReading>());
            foreach (var strategy in strategies)
            {
                accounts.Add(await SignalsOf(strategy).GetAccounts());
                watches.AddRange(await SignalsOf(strategy).GetWatches());
            }

            var experiment = tracked.Experiment;
            var gates = RedGates(experiment, models);
            gates = await canaries.RedGateAsync(strategies[0]) is { } gate ? gates.Add(gate) : gates;
            var canary = experiment.Stage == ExperimentStage.Canary ? await canaries.ReadAsync(strategies, experiment.Challenger) : null;
            var days = AccountComparison.Days(accounts, experiment.Champion, experiment.Challenger, experiment.LastDay, gates);
            if (AccountComparison.Now(accounts, experiment, gates, canary) is { } now)
            {
                var health = WatchedHealth.Of(now.Health, watches, experiment.Challenger);
                if (!days.IsEmpty || IsWorthWriting(experiment, health))
                {
                    tracked = (await Experiments.Observe(experiment.Id, days, health, now.At)).Tracked ?? tracked;
                }
            }
        }

        while (tracked.Pending is { } move)
        {
            var problem = await CarryOutAsync(tracked.Experiment, move);
            var answer = await Experiments.Applied(tracked.Experiment.Id, tracked.AppliedMoves, problem);
            if (problem is null || problem != tracked.Problem)
            {
                LogMoved(logger, tracked.Experiment.Id, tracked.Experiment.Challenger, move.From, move.To, problem ?? move.Text);
            }

            if (problem is not null || answer.Tracked is not { } next)
            {
                return;
            }

            tracked = next;
        }
    }

    /// <returns>Why the registry did not follow; null when it did, or has nothing to do.</returns>
    private async Task<string?> CarryOutAsync(Experiment experiment, ExperimentMove move)
    {
        var reason = Reason(experiment, move);
        switch (move.To)
        {
            case ExperimentStage.Canary:
                return await MoveAsync(experiment.Challenger, ModelStage.Canary, move.By, reason);
            case ExperimentStage.Champion:
                return await MoveAsync(experiment.Challenger, ModelStage.Champion, move.By, reason);
            case ExperimentStage.Ended when experiment.Outcome == ExperimentOutcome.Promoted:
                return null;
            default:
                return await TakeBackAsync(experiment, move, reason);
        }
    }

    /// <summary>
    /// Retires the challenger, unless a person has moved it since: then that decision remains. A former champion takes its place
    /// again; a rule does not, since a strategy trades none after its first champion.
    /// </summary>
    private async Task<string?> TakeBackAsync(Experiment experiment, ExperimentMove move, string reason)
    {
        var (challenger, champion) = (await Registry.Find(experiment.Challenger), await Registry.Find(experiment.Champion));

        // A crash after the first of the two moves: the former champion is back, which made the challenger a shadow.
        var isHalfDone = move.From == ExperimentStage.Champion && challenger?.Stage == ModelStage.Shadow && champion?.Stage == ModelStage.Champion;
        if (challenger?.Stage != StageOf(move.From) && !isHalfDone)
        {
            return null;
        }

        return move.From == ExperimentStage.Champion && champion is not null
            && await MoveAsync(champion.Id, ModelStage.Champion, move.By, reason) is { } problem
            ? problem
            : await MoveAsync(experiment.Challenger, ModelStage.Retired, move.By, reason);
    }

    private static ModelStage StageOf(ExperimentStage stage) => stage switch
    {
        ExperimentStage.Canary => ModelStage.Canary,
        ExperimentStage.Champion => ModelStage.Champion,
        _ => ModelStage.Shadow,
    };

    private static string Word(ModelEntry? entry) => entry is null ? "nothing" : entry.Stage.ToString().ToLowerInvariant();

    /// <summary>A model that has the stage already was moved before a crash, or by a person.</summary>
    private async Task<string?> MoveAsync(string model, ModelStage stage, string by, string reason)
    {
        if (await Registry.Find(model) is not { } entry)
        {
            return null; // Dropped from the registry: there is nothing to move.
        }

        return entry.Stage == stage ? null : (await Registry.Move(model, stage, by == "agent" ? Agent : by, reason)).Refusal;
    }

    private ImmutableArray<string> RedGates(Experiment experiment, ImmutableArray<ModelEntry> models)
    {
        var challenger = models.FirstOrDefault(m => m.Id == experiment.Challenger);
        if (challenger is null)
        {
            return ["the challenger is not registered"];
        }

        return agent.Value.ChampionGate().WhyNot(challenger.Description, challenger.Override is not null) is { } verdict ? [verdict] : [];
    }

    private static string Reason(Experiment experiment, ExperimentMove move) => $"experiment {experiment.Id}, {move.Cause}: {move.Text}";

    private ISignalGrain SignalsOf(StrategyOptions strategy) =>
        grains.GetGrain<ISignalGrain>(GrainKeys.Signal(InstrumentId.Parse(strategy.Instrument), strategy.Name));

    [LoggerMessage(EventId = 720, Level = LogLevel.Information, Message = "Experiment {Experiment}: {Challenger} against {Champion} in strategy {Strategy}")]
    private static partial void LogBegun(ILogger logger, string experiment, string challenger, string champion, string strategy);

    [LoggerMessage(EventId = 721, Level = LogLevel.Information, Message = "Experiment {Experiment} of {Challenger}: {From} → {To}: {Reason}")]
    private static partial void LogMoved(ILogger logger, string experiment, string challenger, ExperimentStage from, ExperimentStage to, string reason);

    [LoggerMessage(EventId = 722, Level = LogLevel.Warning, Message = "The experiments could not be advanced and are tried again: {Problem}")]
    private static partial void LogFailed(ILogger logger, string problem);
}
