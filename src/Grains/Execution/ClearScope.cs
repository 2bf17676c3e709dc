using BtcAgent.Domain.Execution.Live;

namespace BtcAgent.Grains.Execution;

/// <summary>Which open orders of ours a halt or flatten leaves at the venue.</summary>
/// <param name="KeepsProtectiveStop">A halt keeps the stop that protects the position; a flatten does not.</param>
/// <param name="FlattenIds">Client ids that begin so are a flatten's that is at work; null for none.</param>
internal sealed record ClearScope(bool KeepsProtectiveStop, string? FlattenIds)
{
    public bool Spares(string clientOrderId) =>
        (KeepsProtectiveStop && clientOrderId.StartsWith(ProtectiveStop.Ids, StringComparison.Ordinal))
        || (FlattenIds is not null && clientOrderId.StartsWith(FlattenIds, StringComparison.Ordinal));
}
