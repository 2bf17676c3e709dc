using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Grains.Portfolios;

/// <summary>What a portfolio grain keeps across restarts; null before the first write.</summary>
public sealed class PortfolioGrainState
{
    public PortfolioState? Ledger { get; set; }
}
