using BtcAgent.Client.Access;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Risk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client.Api;

internal static class RiskApi
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGroup("/risk").WithTags("Risk").MapGet("/rules", Rules)
        .WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Shared)).WithName("ListRiskRules")
        .WithSummary("Every risk rule: measure, unit, limit, default and exemptions")
        .Produces<IReadOnlyList<RiskRuleView>>();

    internal static IResult Rules() => TypedResults.Ok<IReadOnlyList<RiskRuleView>>([.. RiskRules.All.Select(rule => new RiskRuleView(
        rule.Code, rule.Measure, rule.Unit, rule.Limit, rule.Default, rule.Exempts, rule.Clips, rule.IsForStrategiesOnly))]);
}
