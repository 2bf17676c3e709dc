using System.Collections.Immutable;
using BtcAgent.Domain.Alerts;
using BtcAgent.Domain.Models;

namespace BtcAgent.Alerts.Rules;

/// <summary>The figures of the whole agent that the rules judge; null where a figure could not be read.</summary>
public sealed record AlertFigures
{
    /// <summary>Our clock.</summary>
    public required DateTimeOffset At { get; init; }

    public required ImmutableArray<PortfolioFigures> Portfolios { get; init; }

    public required ImmutableArray<ExecutionFigures> Executions { get; init; }

    public required ImmutableArray<FeedFigures> Feeds { get; init; }

    /// <summary>The registered models.</summary>
    public required ImmutableArray<ModelEntry>? Models { get; init; }

    public required ImmutableArray<StrategyFigures> Strategies { get; init; }

    /// <summary>The strategies whose last training failed, each with the job and the reason.</summary>
    public required ImmutableSortedDictionary<string, string>? FailedTrainings { get; init; }

    /// <summary>Seconds by which the slowest silo's journal, facts and sinks are behind.</summary>
    public required double? SinkLagSeconds { get; init; }

    /// <summary>Damage of the audit that the last start found; empty for none.</summary>
    public required string? AuditDamage { get; init; }

    /// <summary>Whether real orders are allowed; false on paper.</summary>
    public required bool? IsArmedForRealMoney { get; init; }

    /// <summary>Parts of the agent that did not answer, with the reason.</summary>
    public required ImmutableSortedDictionary<string, string> Unanswered { get; init; }

    public required ImmutableArray<ChannelHealth> Channels { get; init; }

    /// <summary>Whether a dead man's receiver is pinged.</summary>
    public required bool HasWatchdog { get; init; }
}
