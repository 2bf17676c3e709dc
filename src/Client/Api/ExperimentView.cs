using System.Collections.Immutable;
using BtcAgent.Domain.Experiments;

namespace BtcAgent.Client.Api;

/// <summary>An experiment: a challenger against the champion, by what both earn in virtual accounts. Profits are fractions of the capital.</summary>
public sealed record ExperimentView
{
    public required string Id { get; init; }

    public required string Strategy { get; init; }

    /// <summary>Id of the champion when it began, or name of its rule.</summary>
    public required string Champion { get; init; }

    public required string Challenger { get; init; }

    public required ExperimentStage Stage { get; init; }

    public required ExperimentOutcome Outcome { get; init; }

    /// <summary>Days compared.</summary>
    public required int Days { get; init; }

    /// <summary>Last compared day; null before the first.</summary>
    public required DateOnly? LastDay { get; init; }

    public required int StageDays { get; init; }

    /// <summary>Fills of the challenger in this stage.</summary>
    public required int StageTrades { get; init; }

    /// <summary>Sum of the daily differences, challenger less champion.</summary>
    public required double TotalDifference { get; init; }

    /// <summary>True while a promotion waits for <c>POST …/confirm</c>.</summary>
    public required bool AwaitsConfirmation { get; init; }

    /// <summary>Reasons that forbid the next stage.</summary>
    public required ImmutableArray<string> RedGates { get; init; }

    /// <summary>Net profit of the canary since it began, as a fraction of the capital; null in other stages.</summary>
    public required double? CanaryPnl { get; init; }

    /// <summary>Portfolio whose books that profit is of; null for the virtual account.</summary>
    public required string? CanaryPortfolio { get; init; }

    /// <summary>Looks of the test with the confidence band of the mean daily difference, oldest first.</summary>
    public required ImmutableArray<ExperimentLook> Looks { get; init; }

    /// <summary>The look that showed the challenger to be better; null before it.</summary>
    public required ExperimentLook? Significant { get; init; }

    /// <summary>Moves with their evidence, oldest first.</summary>
    public required ImmutableArray<ExperimentMove> Moves { get; init; }

    public required ExperimentPlan Plan { get; init; }

    /// <summary>Why the last move could not be carried out yet; null for none.</summary>
    public required string? Problem { get; init; }

    /// <summary>In words: the conditions that would promote or end it.</summary>
    public required string Next { get; init; }

    public static ExperimentView Of(TrackedExperiment tracked)
    {
        var experiment = tracked.Experiment;
        return new ExperimentView
        {
            Id = experiment.Id,
            Strategy = experiment.Strategy,
            Champion = experiment.Champion,
            Challenger = experiment.Challenger,
            Stage = experiment.Stage,
            Outcome = experiment.Outcome,
            Days = experiment.Differences.Length,
            LastDay = experiment.LastDay,
            StageDays = experiment.StageDays,
            StageTrades = experiment.StageTrades,
            TotalDifference = experiment.TotalDifference,
            AwaitsConfirmation = experiment.AwaitsConfirmation,
            RedGates = experiment.Health.RedGates,
            CanaryPnl = experiment.Stage == ExperimentStage.Canary ? experiment.Health.CanaryPnl : null,
            CanaryPortfolio = experiment.Stage == ExperimentStage.Canary ? experiment.Health.CanaryPortfolio : null,
            Looks = experiment.Looks,
            Significant = experiment.Significant,
            Moves = experiment.Moves,
            Plan = experiment.Plan,
            Problem = tracked.Problem,
            Next = ExperimentWords.Next(experiment),
        };
    }
}
