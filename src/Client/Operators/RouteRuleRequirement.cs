using Microsoft.AspNetCore.Authorization;

namespace BtcAgent.Client.Operators;

/// <summary>The caller meets the endpoint's rule; the only requirement of the gateway.</summary>
internal sealed class RouteRuleRequirement : IAuthorizationRequirement;
