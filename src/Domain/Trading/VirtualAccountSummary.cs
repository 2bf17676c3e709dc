using System.Collections.Immutable;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Domain.Trading;

/// <summary>A model's virtual account at its last sample. Money is in the portfolio's quote asset.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="Capital">Equity at the first mark.</param>
/// <param name="Equity">Equity now.</param>
/// <param name="Fees">Fees paid.</param>
/// <param name="FillCount">Fills.</param>
/// <param name="Breaker">State of the account's breaker.</param>
/// <param name="Days">Complete days, oldest first.</param>
/// <param name="Today">The day that is not over; null before the first sample.</param>
[GenerateSerializer, Immutable, Alias("VirtualAccountSummary")]
public sealed record VirtualAccountSummary(
    [property: Id(0)] string ModelId,
    [property: Id(1)] decimal Capital,
    [property: Id(2)] decimal Equity,
    [property: Id(3)] decimal Fees,
    [property: Id(4)] int FillCount,
    [property: Id(5)] BreakerMode Breaker,
    [property: Id(6)] ImmutableArray<VirtualDay> Days,
    [property: Id(7)] VirtualDay? Today);
