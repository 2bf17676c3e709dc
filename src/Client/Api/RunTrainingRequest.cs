using System.Text.Json.Serialization;

namespace BtcAgent.Client.Api;

/// <summary>An operator's request to train a strategy's model again.</summary>
/// <param name="Strategy">A strategy whose model is <c>lightgbm</c>.</param>
/// <param name="Days">Days of market time to train on, up to now, 0.01…3,660; null for the setting.</param>
/// <param name="Trials">Trials of a search for settings, 1…10,000; 0 trains the agent's recipe; null for the setting.</param>
/// <param name="Reason">Reason, 3…200 characters; stored and shown.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RunTrainingRequest(string? Strategy = null, double? Days = null, int? Trials = null, string? Reason = null);
