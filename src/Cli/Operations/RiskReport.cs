namespace BtcAgent.Cli.Operations;

/// <summary>Breakers and limits of the portfolios.</summary>
internal sealed record RiskReport(IReadOnlyList<PortfolioRisk> Portfolios);
