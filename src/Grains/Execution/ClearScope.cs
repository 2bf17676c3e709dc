using BtcAgent.Domain.Execution.Live;

namespace BtcAgent.Grains.Execution;

/// <summary>Selects the agent's open orders that a halt or flatten leaves at the venue.</summary>
/// <param name="KeepsProtectiveStop">True for a halt, which keeps the stop that protects the position; false for a
/// flatten.</param>
/// <param name="FlattenIds">Prefix of the client ids of a flatten in progress; null if none.</param>
internal sealed record ClearScope(bool KeepsProtectiveStop, string? FlattenIds)
{
    public bool Spares(string clientOrderId) =>
        (KeepsProtectiveStop && clientOrderId.StartsWith(ProtectiveStop.Ids, StringComparison.Ordinal))
        || (FlattenIds is not null && clientOrderId.StartsWith(FlattenIds, StringComparison.Ordinal));
}
