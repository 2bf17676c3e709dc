using System.Text.Json.Serialization;
using BtcAgent.Domain.Access;

namespace BtcAgent.Client.Api;

/// <summary>A key to issue.</summary>
/// <param name="Name">Name of its holder, by which its commands are recorded: 2…40 letters, digits, dots and dashes.</param>
/// <param name="Role">viewer, trader, risk-manager or admin.</param>
/// <param name="Reason">Reason, 3…200 characters; stored and shown.</param>
/// <param name="Portfolios">Its portfolios; absent for all.</param>
/// <param name="Verbs">Its commands; absent for all of the role.</param>
/// <param name="ExpiresInDays">Days until it ends, 1…3,650. Default 365.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record KeyRequest(
    string? Name = null,
    AccessRole? Role = null,
    string? Reason = null,
    IReadOnlyList<string>? Portfolios = null,
    IReadOnlyList<string>? Verbs = null,
    int ExpiresInDays = 365);
