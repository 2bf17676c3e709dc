using System.Collections.Immutable;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Domain.Trading;

/// <summary>Conditions of virtual trading: those of the portfolio whose strategy the models serve.</summary>
/// <param name="QuoteAsset">Asset of all money.</param>
/// <param name="Balances">Opening balance by asset.</param>
/// <param name="Limits">The configured limits; later changes by operators do not apply.</param>
/// <param name="Sizing">Size of a position.</param>
/// <param name="Placement">Cost of the strategy's orders.</param>
/// <param name="Paper">Latency and fees of the paper orders.</param>
public sealed record VirtualTerms(
    string QuoteAsset,
    ImmutableSortedDictionary<string, decimal> Balances,
    RiskLimits Limits,
    SizingOptions Sizing,
    PlacementOptions Placement,
    PaperOptions Paper);
