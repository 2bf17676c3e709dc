using BtcAgent.Domain.Idempotency;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Grains.Portfolios;

/// <summary>Stored state of a portfolio grain; null before the first write.</summary>
public sealed class PortfolioGrainState
{
    public PortfolioState? Ledger { get; set; }

    /// <summary>True when the books began with the venue's balances.</summary>
    public bool IsOpened { get; set; }

    /// <summary>Acceptances of the venue's balances that the books contain.</summary>
    public OperationLedger Operations { get; set; } = OperationLedger.Empty;
}
