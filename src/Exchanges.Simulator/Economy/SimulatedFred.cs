using System.Globalization;
using BtcAgent.Domain.Economy;
using BtcAgent.Exchanges.Simulator.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Simulator.Economy;

/// <summary>
/// FRED on 127.0.0.1, in the shape of its API, version 1: dates of releases and values with their days of publication, key, limit and faults. A value
/// appears at the time of its release, by the given clock.
/// </summary>
public sealed partial class SimulatedFred(SimulatedFredOptions options, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    private const int ConnectionsMax = 16;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _recent = new();
    private readonly CancellationTokenSource _stopping = new();
    private WebApplication? _app;

    /// <exception cref="InvalidOperationException">Not started.</exception>
    public Uri Address => new(LoopbackHost.AddressesOf(_app).FirstOrDefault() ?? throw new InvalidOperationException("the simulated FRED has no address before it is started"));

    /// <summary>Its faults; none by default.</summary>
    public FredFaults Faults { get; } = new();

    /// <summary>Paths of the requests so far, without their keys.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    private readonly List<string> _requests = [];

    /// <summary>Starts to listen.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _app = LoopbackHost.CreateBuilder(loggers, options.Port, ConnectionsMax).Build();
        _app.MapGet("/fred/release/dates", context => HandleAsync(context, Dates));
        _app.MapGet("/fred/series/observations", context => HandleAsync(context, Observations));
        await _app.StartAsync(cancellationToken);
        LogStarted(loggers.CreateLogger<SimulatedFred>(), Address, options.Seed);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopping.IsCancellationRequested)
        {
            await _stopping.CancelAsync();
            if (_app is not null)
            {
                await _app.DisposeAsync();
            }
        }
    }

    private async Task HandleAsync(HttpContext context, Func<IQueryCollection, object?> answer)
    {
        var query = context.Request.Query;
        var isLimited = Count($"{context.Request.Path}?{(query["series_id"].ToString() is { Length: > 0 } series ? series : query["release_id"].ToString())}");
        if (Faults.Hangs)
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
            await Task.Delay(Timeout.InfiniteTimeSpan, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        if (Faults.Status is { } status)
        {
            if (Faults.RetryAfterSeconds is { } seconds)
            {
                context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }

            await RefuseAsync(context, status, $"Fault. The key was {query["api_key"]}.");
        }
        else if (Faults.Body is { } body)
        {
            await context.Response.WriteAsync(body, context.RequestAborted);
        }
        else if (query["api_key"] != options.ApiKey)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "Bad Request.  The value for variable api_key is not registered.");
        }
        else if (isLimited)
        {
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "Too Many Requests.  Exceeded Rate Limit");
        }
        else if (answer(query) is { } found)
        {
            await context.Response.WriteAsJsonAsync(found, context.RequestAborted);
        }
        else
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "Bad Request.  The series or release does not exist.");
        }
    }

    private bool Count(string request)
    {
        lock (_lock)
        {
            _requests.Add(request);
            var now = time.GetUtcNow();
            while (_recent.TryPeek(out var oldest) && now - oldest >= Minute)
            {
                _recent.Dequeue();
            }

            _recent.Enqueue(now);
            return _recent.Count > options.RequestsPerMinuteMax;
        }
    }

    private object? Dates(IQueryCollection query)
    {
        var release = Array.Find(SimulatedRelease.All, one => one.Id.ToString(CultureInfo.InvariantCulture) == query["release_id"]);
        if (release is null)
        {
            return null;
        }

        var (from, until) = (Day(query, "realtime_start"), Today.AddDays(180));
        List<DateOnly> dates = [];
        for (var month = SimulatedRelease.FirstMonth; release.Published(month) <= until; month = month.AddMonths(1))
        {
            dates.Add(release.Published(month));
        }

        if (Faults.ListsEveryDay)
        {
            dates = [.. Enumerable.Range(0, 180).Select(from.AddDays)];
        }

        return Page(query, "release_dates", [.. dates.Where(date => date >= from).Select(date => new Dictionary<string, object> { ["release_id"] = release.Id, ["date"] = Text(date) })]);
    }

    private object? Observations(IQueryCollection query)
    {
        var release = Array.Find(SimulatedRelease.All, one => one.Series.Length > 0 && one.Series == query["series_id"]);
        if (release is null)
        {
            return null;
        }

        var (since, window, now) = (Day(query, "observation_start"), Day(query, "realtime_start"), Timestamp.FromDateTimeOffset(time.GetUtcNow()));
        var rows = new List<object>();
        foreach (var (month, first, revised) in release.Values(options.Seed, Today).Where(one => one.Month >= since))
        {
            var (published, corrected) = (release.Published(month), release.Published(month.AddMonths(1)));
            if (release.At(published) + Faults.ValueDelay > now)
            {
                break;
            }

            var isCorrected = release.At(corrected) + Faults.ValueDelay <= now;
            if (!isCorrected || corrected > window)
            {
                rows.Add(Row(month, published > window ? published : window, isCorrected ? corrected.AddDays(-1) : DateOnly.MaxValue, first));
            }

            if (isCorrected)
            {
                rows.Add(Row(month, corrected > window ? corrected : window, DateOnly.MaxValue, revised));
            }
        }

        return Page(query, "observations", rows);
    }

    private DateOnly Today => NewYorkTime.DateOf(Timestamp.FromDateTimeOffset(time.GetUtcNow()));

    private static Dictionary<string, object> Row(DateOnly month, DateOnly from, DateOnly until, double value) => new()
    {
        ["realtime_start"] = Text(from),
        ["realtime_end"] = Text(until),
        ["date"] = Text(month),
        ["value"] = value.ToString("F6", CultureInfo.InvariantCulture),
    };

    private static Dictionary<string, object> Page(IQueryCollection query, string list, List<object> rows)
    {
        var (limit, offset) = (int.Parse(query["limit"].ToString(), CultureInfo.InvariantCulture), int.Parse(query["offset"].ToString(), CultureInfo.InvariantCulture));
        return new() { ["count"] = rows.Count, ["offset"] = offset, ["limit"] = limit, [list] = rows.Skip(offset).Take(limit) };
    }

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new Dictionary<string, object> { ["error_code"] = status, ["error_message"] = message }, context.RequestAborted);
    }

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Day(IQueryCollection query, string name) => DateOnly.ParseExact(query[name].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Information, Message = "Simulated FRED at {Address}, seed {Seed}")]
    private static partial void LogStarted(ILogger logger, Uri address, int seed);
}
