using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using BtcAgent.Client.Access;
using BtcAgent.Client.Streams;
using BtcAgent.Contracts.Events;
using BtcAgent.Domain.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client.Api;

/// <summary>One stream of server-sent events per client: what the agent does, as it happens, resumable by the id of the last event.</summary>
internal static class EventApi
{
    private const string LastEventId = "Last-Event-ID";

    /// <summary>A client connects again after this time, in ms.</summary>
    private const int RetryMs = 1_000;

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/events", ReadAsync)
        .WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Query)).WithTags("Events").WithName("Events")
        .WithSummary("What happens as it happens: server-sent events, resumed exactly by the header Last-Event-ID")
        .Produces(StatusCodes.Status200OK, contentType: "text/event-stream").ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> ReadAsync(
        HttpContext context,
        [FromServices] EventStreams streams,
        string topics,
        [FromHeader(Name = LastEventId)] string? lastEventId,
        string? after,
        string? instrument,
        string? portfolio,
        int? quoteMs)
    {
        // A browser sends the header of what it received last; the parameter is where the page began.
        var query = new EventQuery(
            topics.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            string.IsNullOrEmpty(lastEventId) ? after : lastEventId,
            instrument,
            portfolio,
            quoteMs);
        var opened = await streams.OpenAsync(context, query, context.RequestAborted);
        if (opened is not Ok<EventStream> { Value: { } stream })
        {
            return opened;
        }

        using (stream)
        {
            try
            {
                await SendAsync(context, stream);
            }
            catch (OperationCanceledException) when (stream.Token.IsCancellationRequested)
            {
                // The client has gone or may no longer read, or the agent stops.
            }
        }

        return Results.Empty;
    }

    private static async Task SendAsync(HttpContext context, EventStream stream)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var body = response.BodyWriter;
        Encoding.UTF8.GetBytes($"retry: {RetryMs}\n{(stream.Position is { } position ? $"id: {position}\n" : "")}\n", body);
        await body.FlushAsync(stream.Token);
        await foreach (var group in stream.ReadAsync())
        {
            foreach (var one in group)
            {
                Write(body, one);
            }

            if ((await body.FlushAsync(stream.Token)).IsCompleted)
            {
                return;
            }
        }
    }

    private static void Write(PipeWriter body, in LiveEvent one)
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
