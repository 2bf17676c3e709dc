using System.Buffers;
using System.Text;
using BtcAgent.Client.Access;
using BtcAgent.Client.Operators;
using BtcAgent.Contracts.Events;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Api;

/// <summary>One stream of server-sent events per client: what the agent does, as it happens, resumable by the id of the last event.</summary>
internal static class EventApi
{
    private const string LastEventId = "Last-Event-ID";
    private const int QuoteMsMin = 50;
    private const int QuoteMsMax = 5_000;

    /// <summary>A client connects again after this time, in ms.</summary>
    private const int RetryMs = 1_000;

    /// <summary>A stream ends after this time and is resumed by its client: a key that was revoked since is then refused.</summary>
    private static readonly TimeSpan LongestStream = TimeSpan.FromMinutes(5);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/events", ReadAsync)
        .WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Query)).WithTags("Events").WithName("Events")
        .WithSummary("What happens as it happens: server-sent events, resumed exactly by the header Last-Event-ID")
        .Produces(StatusCodes.Status200OK, contentType: "text/event-stream").ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> ReadAsync(
        HttpContext context,
        [FromServices] ILiveEvents? events,
        [FromServices] IHostApplicationLifetime lifetime,
        [FromServices] TimeProvider time,
        [FromServices] IOptions<AgentOptions> options,
        string topics,
        [FromHeader(Name = LastEventId)] string? lastEventId,
        string? after,
        string? instrument,
        string? portfolio,
        int? quoteMs)
    {
        if (events is null)
        {
            return Results.Problem(
                statusCode: StatusCodes.Status404NotFound,
                title: "Not found",
                detail: "this process has no live events: History:Enabled is false, or a gateway of a cluster has no Kafka:BootstrapServers");
        }

        if (quoteMs is { } interval && KnownNames.CheckRange("quoteMs", interval, QuoteMsMin, QuoteMsMax) is { } outOfRange)
        {
            return outOfRange;
        }

        if (KnownNames.CheckPortfolio(portfolio, options.Value) is { } unknown)
        {
            return unknown;
        }

        var wanted = topics.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var scope = CallerIdentity.ScopeOf(context);
        if (scope.IsLimited && wanted.FirstOrDefault(HistoryApi.OfAllPortfolios.Contains) is { } closed)
        {
            return CallerCheck.Forbidden($"Events of {closed} are of every portfolio: they need a key without a list of portfolios.");
        }

        if (portfolio is not null && CallerCheck.For(context, portfolio) is { } forbidden)
        {
            return forbidden;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            // A browser sends the header of what it received last; the parameter is where the page began.
            using var subscription = await events.SubscribeAsync(
                new EventRequest(
                    wanted,
                    string.IsNullOrEmpty(lastEventId) ? after : lastEventId,
                    instrument,
                    portfolio is not null ? [portfolio] : scope.IsLimited ? [.. scope.Portfolios] : null,
                    quoteMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null),
                ended.Token);
            await SendAsync(context, subscription, time, ended.Token);
        }
        catch (EventRequestException e)
        {
            return KnownNames.BadRequest(e.Message);
        }
        catch (EventsBusyException e)
        {
            context.Response.Headers.RetryAfter = "5";
            return Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "Too many subscribers", detail: e.Message);
        }
        catch (IOException e) when (!context.Response.HasStarted)
        {
            return Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "No live events at present", detail: e.Message);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client has gone, or the agent stops.
        }

        return Results.Empty;
    }

    private static async Task SendAsync(HttpContext context, IEventSubscription subscription, TimeProvider time, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var began = time.GetTimestamp();
        var body = response.BodyWriter;
        Encoding.UTF8.GetBytes($"retry: {RetryMs}\n{(subscription.Position is { } position ? $"id: {position}\n" : "")}\n", body);
        await body.FlushAsync(cancellationToken);
        await foreach (var group in subscription.ReadAsync(cancellationToken))
        {
            foreach (var one in group)
            {
                Write(body, one);
            }

            var flushed = await body.FlushAsync(cancellationToken);
            if (flushed.IsCompleted || time.GetElapsedTime(began) >= LongestStream)
            {
                return;
            }
        }
    }

    private static void Write(System.IO.Pipelines.PipeWriter body, in LiveEvent one)
    {
        if (one.Position is { } position)
        {
            Encoding.UTF8.GetBytes($"id: {position}\n", body);
        }

        if (one.Topic == LiveEvent.Heartbeat)
        {
            // Not an event of the client's, but it moves the id.
            body.Write(": heartbeat\n\n"u8);
            return;
        }

        Encoding.UTF8.GetBytes($"event: {one.Topic}\ndata: ", body);
        body.Write(one.Json.Span);
        body.Write("\n\n"u8);
    }
}
