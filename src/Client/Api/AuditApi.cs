using System.Globalization;
using BtcAgent.Client.Access;
using BtcAgent.Contracts.Audit;
using BtcAgent.Domain.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client.Api;

/// <summary>The recorded actions, as pages and as the stored lines.</summary>
internal static class AuditApi
{
    private const int LimitMax = 1_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/audit").WithTags("Audit");
        group.MapGet("", ReadAsync).WithRule(RouteRule.Read(AccessRole.RiskManager, RouteScope.WholeAgent)).WithName("ReadAudit")
            .WithSummary("Recorded actions, newest first, and the last entry of the chain")
            .Produces<AuditPage>().ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/days", DaysAsync).WithRule(RouteRule.Read(AccessRole.RiskManager, RouteScope.WholeAgent)).WithName("ListAuditDays")
            .WithSummary("The days that have entries, oldest first")
            .Produces<IReadOnlyList<string>>();
        group.MapGet("/days/{day}", ExportAsync).WithRule(RouteRule.Read(AccessRole.RiskManager, RouteScope.WholeAgent)).WithName("ExportAuditDay")
            .WithSummary("The stored lines of a day, unchanged, so that anyone can verify the chain")
            .Produces<string>(StatusCodes.Status200OK, "application/jsonl").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ReadAsync(IGrainFactory grains, long before = long.MaxValue, int limit = 100)
    {
        if (KnownNames.CheckRange("limit", limit, 1, LimitMax) is { } refusal)
        {
            return refusal;
        }

        var audit = grains.GetGrain<IAuditLogGrain>(IAuditLogGrain.Key);
        var entries = await audit.Read(before, limit);
        return TypedResults.Ok(new AuditPage(await audit.GetHead(), entries, entries.Length == limit ? entries[^1].Sequence : null));
    }

    private static async Task<IResult> DaysAsync(IGrainFactory grains) =>
        TypedResults.Ok<IReadOnlyList<string>>(await grains.GetGrain<IAuditLogGrain>(IAuditLogGrain.Key).GetDays());

    private static async Task<IResult> ExportAsync(string day, IGrainFactory grains)
    {
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return KnownNames.BadRequest("day is a UTC date such as 2026-11-29");
        }

        var lines = await grains.GetGrain<IAuditLogGrain>(IAuditLogGrain.Key).Export(day);
        return lines.Length > 0
            ? Results.Bytes(lines.AsMemory(), "application/jsonl")
            : Results.Problem(
                statusCode: StatusCodes.Status404NotFound, title: "Not found", detail: $"{day} has no entries; list the days with GET /api/v1/audit/days");
    }
}
