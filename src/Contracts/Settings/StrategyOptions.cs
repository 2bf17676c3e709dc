using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Contracts.Settings;

/// <summary>One strategy: which model trades which instrument for which portfolio.</summary>
public sealed class StrategyOptions
{
    /// <summary>Name used in keys and logs: letters, digits and dashes. Required.</summary>
    [Required, RegularExpression("^[a-z0-9-]{1,32}$")]
    public string Name { get; set; } = "";

    /// <summary>
    /// Model by name: the rule <c>flow-momentum</c> or <c>ema-cross</c>, a strategy of <see cref="AgentOptions.StrategyFolder"/>, or
    /// <c>lightgbm</c>: the trained model that is this strategy's champion in the registry. Required.
    /// </summary>
    [Required]
    public string Model { get; set; } = "";

    /// <summary>
    /// With <c>lightgbm</c>: the rule that trades until the first champion is assigned, and never afterwards: a strategy whose
    /// champion was retired trades nothing until there is another. Empty for none: every signal is refused until the first
    /// champion. Default empty.
    /// </summary>
    public string Fallback { get; set; } = "";

    /// <summary>
    /// With <c>lightgbm</c>: a model artefact, folder or zip, to register and promote to champion at start; empty for none.
    /// Default empty.
    /// </summary>
    public string ModelFile { get; set; } = "";

    /// <summary>Parameters of the rule, or of the fallback, by name; absent ones have their defaults.</summary>
    public Dictionary<string, double> Parameters { get; set; } = [];

    /// <summary>Instrument that it trades, <c>VENUE:SYMBOL</c>, one of <c>Agent:Instruments</c>. Required.</summary>
    [Required]
    public string Instrument { get; set; } = "";

    /// <summary>Portfolio that it trades for, one of <c>Agent:Portfolios</c>. Required.</summary>
    [Required]
    public string Portfolio { get; set; } = "";

    /// <summary>
    /// With <c>lightgbm</c>: portfolio in which a model in stage canary trades, one of <c>Agent:Portfolios</c> and of this strategy
    /// alone; its balances are the canary's share of the risk budget. Only on paper. Empty: a canary trades in its virtual account.
    /// Default empty.
    /// </summary>
    public string CanaryPortfolio { get; set; } = "";

    /// <summary>The portfolios that its models trade for: <see cref="Portfolio"/>, and <see cref="CanaryPortfolio"/> if there is one.</summary>
    public IEnumerable<string> TradedPortfolios() => CanaryPortfolio.Length == 0 ? [Portfolio] : [Portfolio, CanaryPortfolio];
}
