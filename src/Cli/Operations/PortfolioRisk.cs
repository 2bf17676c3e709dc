using BtcAgent.Contracts.Risk;

namespace BtcAgent.Cli.Operations;

/// <summary>A portfolio's breaker and limits.</summary>
/// <param name="Portfolio">Id of the portfolio.</param>
/// <param name="Risk">Breaker, and decisions since activation.</param>
/// <param name="Limits">Limits in force.</param>
internal sealed record PortfolioRisk(string Portfolio, RiskStatus Risk, LimitsInForce Limits);
