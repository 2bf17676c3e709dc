using System.Text.Json.Serialization;
using BtcAgent.Domain.Models;

namespace BtcAgent.Client.Api;

/// <summary>A command that the caller proposes, and that another person carries out by confirming it. A field that is not known is refused.</summary>
/// <param name="Command"><c>arm</c>, <c>resume</c>, <c>change-limit</c> or <c>move-model</c>.</param>
/// <param name="Portfolio">Of <c>change-limit</c>, and of <c>resume</c>, where none means all.</param>
/// <param name="Limit">Name of the limit, of <c>change-limit</c>.</param>
/// <param name="Value">New value, of <c>change-limit</c>.</param>
/// <param name="Model">Id of the model, of <c>move-model</c>.</param>
/// <param name="Stage">New stage, of <c>move-model</c>.</param>
/// <param name="Reason">Why, 3…200 characters: shown to the person who confirms, and recorded.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Proposal(
    string? Command = null, string? Portfolio = null, string? Limit = null, decimal? Value = null, string? Model = null, ModelStage? Stage = null, string? Reason = null);
