using BtcAgent.Domain.Models;

namespace BtcAgent.Client.Api;

/// <summary>An operator's request to move a model.</summary>
/// <param name="Stage">The new stage: candidate, shadow, canary, champion or retired.</param>
/// <param name="Reason">Reason, 3…200 characters; stored and shown.</param>
/// <param name="Override">
/// With stage champion and real money: who lets a model trade whose verdict is not <c>survives</c>; absent otherwise.
/// </param>
public sealed record StageRequest(ModelStage? Stage = null, string? Reason = null, OverrideRequest? Override = null);
