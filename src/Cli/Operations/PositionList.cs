using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Cli.Operations;

/// <summary>The books of the portfolios.</summary>
internal sealed record PositionList(IReadOnlyList<PortfolioSnapshot> Portfolios);
