using System.ComponentModel.DataAnnotations;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Contracts.Trading;

/// <summary>What the agent trades and how: section <c>Agent</c> of the configuration.</summary>
public sealed class AgentOptions
{
    public const string Section = "Agent";

    /// <summary>Instruments to read, <c>VENUE:SYMBOL</c>.</summary>
    [MinLength(1)]
    public List<string> Instruments { get; set; } = [];

    [MinLength(1)]
    public List<PortfolioOptions> Portfolios { get; set; } = [];

    [MinLength(1)]
    public List<StrategyOptions> Strategies { get; set; } = [];

    public FeatureOptions Features { get; set; } = new();

    public SignalOptions Signals { get; set; } = new();

    public RiskLimits Limits { get; set; } = new();

    public SizingOptions Sizing { get; set; } = new();

    public PaperOptions Paper { get; set; } = new();

    /// <summary>
    /// True in a replay: every sample is decided before the next event, so that a run repeats exactly. False live:
    /// one decision in flight, the latest sample wins, skipped ones are counted.
    /// </summary>
    public bool WaitForDecisions { get; set; }

    /// <summary>True with real money: no order goes out until an operator has armed trading.</summary>
    public bool MustBeArmed { get; set; }
}
