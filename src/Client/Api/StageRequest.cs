using BtcAgent.Domain.Models;

namespace BtcAgent.Client.Api;

/// <summary>An operator's word on a model.</summary>
/// <param name="Stage">Where to move it: candidate, shadow, canary, champion or retired.</param>
/// <param name="Reason">Why, 3…200 characters; stored and shown.</param>
public sealed record StageRequest(ModelStage? Stage, string? Reason);
