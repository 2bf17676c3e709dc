using System.Collections.Immutable;
using BtcAgent.Domain.Bars;

namespace BtcAgent.Research.Backtests;

/// <summary>Decides at the close of each bar.</summary>
public interface IBarRule
{
    BarTarget OnBar(in Bar bar);

    /// <summary>Refused decisions by code; empty for a rule that refuses none.</summary>
    IReadOnlyDictionary<string, int> Refusals => ImmutableDictionary<string, int>.Empty;
}
