using BtcAgent.Client.Operators;
using BtcAgent.Client.Streams;
using BtcAgent.Contracts.Events;
using BtcAgent.Contracts.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Api;

/// <summary>Opens streams of live events: the checks that REST and gRPC share.</summary>
/// <param name="services">Has the live events where this process can read them.</param>
/// <param name="callers">Ends streams of callers who may no longer read.</param>
/// <param name="options">The agent's portfolios.</param>
/// <param name="time">The clock.</param>
internal sealed class EventStreams(IServiceProvider services, StreamCallers callers, IOptions<AgentOptions> options, TimeProvider time)
{
    private const int QuoteMsMin = 50;
    private const int QuoteMsMax = 5_000;

    /// <param name="context">The request.</param>
    /// <param name="query">Topics, filters and the position.</param>
    /// <param name="left">Cancelled when the caller leaves.</param>
    /// <returns>An <see cref="EventStream"/> as its value; or a problem.</returns>
    public async Task<IResult> OpenAsync(HttpContext context, EventQuery query, CancellationToken left)
    {
        if (Problem(context, query) is { } problem)
        {
            return problem;
        }

        if (services.GetService<ILiveEvents>() is not { } events)
        {
            return Results.Problem(
                statusCode: StatusCodes.Status404NotFound,
                title: "Not found",
                detail: "this process has no live events: History:Enabled is false, or a gateway of a cluster has no Kafka:BootstrapServers");
        }

        var lease = callers.Admit(context, left);
        try
        {
            return TypedResults.Ok(new EventStream(await events.SubscribeAsync(RequestOf(context, query), lease.Token), lease, time));
        }
        catch (Exception e)
        {
            lease.Dispose();
            if (Refusal(context, e) is { } refusal)
            {
                return refusal;
            }

            throw;
        }
    }

    private static EventRequest RequestOf(HttpContext context, EventQuery query)
    {
        var scope = CallerIdentity.ScopeOf(context);
        return new EventRequest(
            query.Topics,
            query.After,
            query.Instrument,
            query.Portfolio is { } portfolio ? [portfolio] : scope.IsLimited ? [.. scope.Portfolios] : null,
            query.QuoteMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null);
    }

    private static IResult? Refusal(HttpContext context, Exception e)
    {
        switch (e)
        {
            case EventRequestException:
                return KnownNames.BadRequest(e.Message);
            case EventsBusyException:
                context.Response.Headers.RetryAfter = "5";
                return Unavailable("Too many subscribers", e.Message);
            case IOException:
                return Unavailable("No live events at present", e.Message);
            case OperationCanceledException:
                return Unavailable("No live events at present", "the agent stops, or the caller has left: connect again");
            default:
                return null;
        }
    }

    private static IResult Unavailable(string title, string detail) =>
        Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: title, detail: detail);

    private IResult? Problem(HttpContext context, EventQuery query)
    {
        if (query.Portfolio is { } portfolio && CallerCheck.For(context, portfolio) is { } forbidden)
        {
            return forbidden;
        }

        if (CallerIdentity.ScopeOf(context).IsLimited && query.Topics.FirstOrDefault(HistoryApi.OfAllPortfolios.Contains) is { } closed)
        {
            return CallerCheck.Forbidden($"Events of {closed} are of every portfolio: they need a key without a list of portfolios.");
        }

        return KnownNames.CheckPortfolio(query.Portfolio, options.Value)
            ?? (query.Instrument is { } instrument && !options.Value.Instruments.Contains(instrument) ? KnownNames.UnknownInstrument(instrument, options.Value) : null)
            ?? (query.QuoteMs is { } interval ? KnownNames.CheckRange("quoteMs", interval, QuoteMsMin, QuoteMsMax) : null);
    }
}
