using Microsoft.AspNetCore.Http;

namespace BtcAgent.Client.Operators;

/// <summary>Checks of the caller that an endpoint makes once it knows the portfolio of the request.</summary>
internal static class CallerCheck
{
    /// <summary>Returns null when the caller may act for the portfolio; without a portfolio, for every one.</summary>
    public static IResult? For(HttpContext context, string? portfolio) =>
        CallerIdentity.Of(context) is { } caller && RouteRuleHandler.WhyNotFor(caller, portfolio) is { } why ? Forbidden(why) : null;

    public static IResult Forbidden(string why) =>
        Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: "Not allowed", detail: why);
}
