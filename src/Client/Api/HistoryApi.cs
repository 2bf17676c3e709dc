using BtcAgent.Client.Access;
using BtcAgent.Client.Operators;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Queries;
using BtcAgent.Domain.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client.Api;

/// <summary>Stored facts, page by page.</summary>
internal static class HistoryApi
{
    internal const int LimitMax = 10_000;
    private const string NextHeader = "X-Next-Cursor";

    /// <summary>Name of the sink that writes the files.</summary>
    private const string FilesSink = "parquet";

    private static readonly string[] Datasets = ["bars", "trades", "orders", "fills", "signals", "decisions", "positions", "equity", "features", "risk"];

    /// <summary>Later times do not fit into ns since 1970.</summary>
    private static readonly DateTimeOffset TimeMax = new(2262, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Data sets about the market, which every key may read.</summary>
    private static readonly HashSet<string> Shared = ["bars", "trades", "features"];

    /// <summary>Data sets without a portfolio in their rows, which keys for some portfolios cannot read.</summary>
    internal static readonly HashSet<string> OfAllPortfolios = ["signals", "risk"];

    private static readonly Dictionary<string, HistoryFormat> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["json"] = HistoryFormat.Json,
        ["csv"] = HistoryFormat.Csv,
        ["parquet"] = HistoryFormat.Parquet,
    };

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/history").WithTags("History");
        group.MapGet("/datasets", ListDatasets)
            .WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Shared)).WithName("ListHistoryDatasets")
            .WithSummary("The data sets with rows, files, size, span, age and retention")
            .Produces<IReadOnlyList<DatasetStatus>>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        foreach (var dataset in Datasets)
        {
            group.MapGet($"/{dataset}", ReadOf(dataset))
                .WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Query))
                .WithName($"History{char.ToUpperInvariant(dataset[0])}{dataset[1..]}")
                .WithSummary($"Stored {dataset}, newest first: by time, instrument, portfolio and strategy; as JSON, CSV or Parquet")
                .Produces<HistoryAnswer>(StatusCodes.Status200OK, "application/json", "text/csv", "application/vnd.apache.parquet")
                .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        }
    }

    private static IResult ListDatasets([FromServices] IHistory? history) => history?.Status is not { } status ? NoHistory()
        : status.Datasets is { Count: > 0 } datasets ? TypedResults.Ok(datasets)
        : status.Sinks.FirstOrDefault(sink => sink.Name == FilesSink) is not { } sink ? NoHistory()
        : Unreadable(sink.Problem ?? "the history is not open yet: ask again in some seconds");

    private static IResult Unreadable(string why) =>
        Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "The history cannot be read", detail: why);

    private static Delegate ReadOf(string dataset) => (
        [FromServices] IHistoryReader? reader,
        HttpContext context,
        CancellationToken cancellationToken,
        DateTimeOffset? from,
        DateTimeOffset? to,
        string? instrument,
        string? portfolio,
        string? strategy,
        string? cursor,
        int limit = 100,
        bool oldestFirst = false,
        bool withRecord = false,
        string format = "json") => OutOfRange("from", from) is { } early ? Task.FromResult(early)
        : OutOfRange("to", to) is { } late ? Task.FromResult(late)
        : ReadAsync(
            reader,
            format,
            new HistoryRequest
            {
                Dataset = dataset,
                From = from is { } first ? Timestamp.FromDateTimeOffset(first) : null,
                To = to is { } end ? Timestamp.FromDateTimeOffset(end) : null,
                Instrument = instrument,
                Portfolio = portfolio,
                Strategy = strategy,
                Cursor = cursor,
                Limit = limit,
                OldestFirst = oldestFirst,
                WithRecord = withRecord,
            },
            context,
            cancellationToken);

    private static IResult NoHistory() => Results.Problem(
        statusCode: StatusCodes.Status404NotFound,
        title: "Not found",
        detail: "this process has no history that it can query: it is where the parquet sink keeps it in a folder");

    private static async Task<IResult> ReadAsync(
        IHistoryReader? reader, string format, HistoryRequest request, HttpContext context, CancellationToken cancellationToken)
    {
        if (!Formats.TryGetValue(format, out var known))
        {
            return KnownNames.BadRequest($"format is '{format}': give {string.Join(", ", Formats.Keys)}", "format");
        }

        var result = await PageAsync(reader, request with { Format = known }, context, cancellationToken);
        if (result is not Ok<HistoryPage> { Value: { } page })
        {
            return result;
        }

        if (page.Next is { } next)
        {
            context.Response.Headers[NextHeader] = next;
        }

        return Results.Bytes(page.Content, page.ContentType);
    }

    /// <returns>A <see cref="HistoryPage"/>, or the refusal.</returns>
    internal static async Task<IResult> PageAsync(
        IHistoryReader? reader, HistoryRequest request, HttpContext context, CancellationToken cancellationToken)
    {
        if (reader is null)
        {
            return NoHistory();
        }

        if (!Datasets.Contains(request.Dataset))
        {
            return KnownNames.BadRequest($"dataset is '{request.Dataset}': give {string.Join(", ", Datasets)}", "dataset");
        }

        if (KnownNames.CheckRange("limit", request.Limit, 1, LimitMax) is { } outOfRange)
        {
            return outOfRange;
        }

        if (WhyNot(context, request) is { } forbidden)
        {
            return forbidden;
        }

        if (request.From >= request.To)
        {
            return KnownNames.BadRequest($"from is {request.From}, not before to, {request.To}", "from");
        }

        try
        {
            return TypedResults.Ok(await reader.ReadAsync(request, cancellationToken));
        }
        catch (HistoryRequestException e)
        {
            return KnownNames.BadRequest(e.Message);
        }
        catch (IOException e)
        {
            return Unreadable(e.Message);
        }
    }

    private static IResult? OutOfRange(string name, DateTimeOffset? time) => time is { } at && (at < DateTimeOffset.UnixEpoch || at >= TimeMax)
        ? KnownNames.BadRequest(FormattableString.Invariant($"{name} is {at:yyyy-MM-dd}: the range is 1970…2262"), name)
        : null;

    private static IResult? WhyNot(HttpContext context, HistoryRequest request) =>
        Shared.Contains(request.Dataset) || !CallerIdentity.ScopeOf(context).IsLimited ? null
        : OfAllPortfolios.Contains(request.Dataset)
            ? CallerCheck.Forbidden($"Stored {request.Dataset} are of every portfolio: they need a key without a list of portfolios.")
            : CallerCheck.For(context, request.Portfolio);
}
