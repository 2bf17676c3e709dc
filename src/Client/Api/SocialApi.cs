using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Client.Access;
using BtcAgent.Contracts.Social;
using BtcAgent.Domain.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client.Api;

/// <summary>Posts about bitcoin: their scores, tone, sources and budget, and posts that a desk gives to the agent.</summary>
internal static class SocialApi
{
    private const int OfferMax = 100;
    private const int OfferBytesMax = 1024 * 1024;
    private const int RetrySeconds = 5;

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/social").WithTags("Posts");
        group.MapGet("/posts", PostsAsync).WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Shared)).WithName("ListPosts")
            .WithSummary("The last posts, newest first, with tone, weight and the reasons for both; texts for 24 hours at most, and not after their removal")
            .Produces<ImmutableArray<JudgedPost>>().ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/sentiment", SentimentAsync).WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Shared)).WithName("GetSentiment")
            .WithSummary("The tone of the last minutes, and the tallies after a number")
            .Produces<SentimentView>();
        group.MapGet("/sources", SourcesAsync).WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Shared)).WithName("ListPostSources")
            .WithSummary("The sources of posts and their state")
            .Produces<SourcesView>();
        group.MapGet("/budget", BudgetAsync).WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Shared)).WithName("GetPostBudget")
            .WithSummary("What reading posts costs, its limits, and how much is read for it")
            .Produces<BudgetView>();
        group.MapPost("/posts", OfferAsync).WithName("OfferPosts")
            .WithRule(RouteRule.Command(CommandVerbs.OfferPosts, AccessRole.Trader, RouteScope.WholeAgent))
            .WithSummary("Give posts to the agent, which scores and counts each source and id once")
            .WithMetadata(new RequestSizeLimitAttribute(OfferBytesMax))
            .Produces<TakenPosts>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
    }

    private static async Task<IResult> PostsAsync(IGrainFactory grains, int limit = 50) =>
        KnownNames.CheckRange("limit", limit, 1, ISocialBoardGrain.PostsMax) is { } refusal ? refusal : TypedResults.Ok(await Board(grains).GetPosts(limit));

    private static async Task<IResult> SentimentAsync(IGrainFactory grains, TimeProvider time, long after = 0) =>
        TypedResults.Ok(SentimentView.Of(await grains.GetGrain<ISentimentGrain>(ISentimentGrain.Bitcoin).GetTallies(1), after, Now(time)));

    private static async Task<IResult> SourcesAsync(IGrainFactory grains, TimeProvider time) =>
        TypedResults.Ok(SourcesView.Of(await Board(grains).GetStatus(), Now(time)));

    private static async Task<IResult> BudgetAsync(IGrainFactory grains) =>
        TypedResults.Ok(BudgetView.Of(await Board(grains).GetStatus()));

    private static async Task<IResult> OfferAsync(OfferPosts request, HttpContext context, IGrainFactory grains, TimeProvider time)
    {
        if (request.Posts.IsDefault || request.Posts.Length is 0 or > OfferMax)
        {
            return KnownNames.BadRequest(
                string.Create(CultureInfo.InvariantCulture, $"posts has {(request.Posts.IsDefault ? 0 : request.Posts.Length)} posts: send 1…{OfferMax}"), "posts");
        }

        var now = Now(time);
        for (var i = 0; i < request.Posts.Length; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"posts[{i}]");
            if (request.Posts[i] is not { } post)
            {
                return KnownNames.BadRequest($"{at} is null: send an object with source, id and text", at);
            }

            if (post.Problem(now.ToDateTimeOffset()) is var (field, detail))
            {
                return KnownNames.BadRequest($"{at}.{field} {detail}", $"{at}.{field}");
            }
        }

        if (!SourcesView.IsReading(await Board(grains).GetStatus(), now))
        {
            return Results.Problem(
                statusCode: StatusCodes.Status409Conflict, title: "No process reads posts",
                detail: "no post was taken, since none would be scored: a replay reads none, a cluster needs a process with --role social, and any other agent reads within seconds of its start, unless its disk is full or its state cannot be written: GET /api/v1/status says so");
        }

        AuditNote.Of(context).Subject = AuditNote.Short(string.Create(
            CultureInfo.InvariantCulture, $"{request.Posts.Length} posts of {string.Join(", ", request.Posts.Select(post => post.Source).Distinct())}"));
        var answer = await grains.GetGrain<IPostInboxGrain>(IPostInboxGrain.Key).Offer([.. request.Posts.Select(post => post.ToPost(now))]);
        if (answer.Refusal is { } reason)
        {
            context.Response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);
            return Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "Too many posts wait", detail: reason);
        }

        return TypedResults.Ok(new TakenPosts(answer.Taken, answer.Repeated));
    }

    private static ISocialBoardGrain Board(IGrainFactory grains) => grains.GetGrain<ISocialBoardGrain>(ISentimentGrain.Bitcoin);

    private static Timestamp Now(TimeProvider time) => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
