using BtcAgent.Exchanges.Simulator.Posts;
using BtcAgent.Exchanges.Simulator.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>
/// X on 127.0.0.1, in the shape of its API v2: filtered stream, rules, recent search, counts and lookup, with limits, prices and faults. Its posts are
/// synthetic. Time follows the given clock.
/// </summary>
public sealed partial class SimulatedX : IAsyncDisposable
{
    private const int ConnectionsMax = 64;

    private readonly SimulatedXOptions _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly XPosts _posts;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private byte[]? _held;
    private WebApplication? _app;
    private Task _running = Task.CompletedTask;

    /// <param name="options">Limits, prices and posts.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="loggers">Never receive a post.</param>
    public SimulatedX(SimulatedXOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _time, _loggers, _logger) = (options, time, loggers, loggers.CreateLogger<SimulatedX>());
        _posts = new XPosts(Now);
        Meter = new XMeter(options, Now);
    }

    /// <exception cref="InvalidOperationException">Not started.</exception>
    public Uri Address => new(
        Addresses.FirstOrDefault()
        ?? throw new InvalidOperationException("the simulated X has no address before it is started"));

    internal IEnumerable<string> Addresses => LoopbackHost.AddressesOf(_app);

    /// <summary>Its faults; none by default.</summary>
    public XFaults Faults { get; } = new();

    /// <summary>Its rules.</summary>
    public XRules Rules { get; } = new();

    /// <summary>Its streams.</summary>
    public XStreams Streams { get; } = new();

    /// <summary>Its charges.</summary>
    public XMeter Meter { get; }

    /// <summary>All posts that it has now, by id.</summary>
    public IReadOnlyList<XStoredPost> Posts => _posts.All();

    /// <summary>Starts, and writes posts by itself if a market is given.</summary>
    /// <param name="marketReturn">The market's return over the last minutes, as a fraction; null writes no posts.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public async Task StartAsync(Func<double>? marketReturn, CancellationToken cancellationToken)
    {
        _app = LoopbackHost.CreateBuilder(_loggers, _options.Port, ConnectionsMax).Build();
        var gate = new XGate(_options, Faults, new XLimits(_options, Now), Now);
        var posts = new XPostsEndpoint(gate, _posts, Meter, Now);
        var rules = new XRulesEndpoint(gate, Rules, Now);
        _app.MapGet("/2/tweets/search/stream", new XStreamEndpoint(_options, gate, Streams, Faults, Now, _time).HandleAsync);
        _app.MapGet("/2/tweets/search/stream/rules", rules.GetAsync);
        _app.MapPost("/2/tweets/search/stream/rules", rules.PostAsync);
        _app.MapGet("/2/tweets/search/recent", posts.SearchAsync);
        _app.MapGet("/2/tweets/counts/recent", posts.CountsAsync);
        _app.MapGet("/2/tweets", posts.LookupAsync);
        await _app.StartAsync(cancellationToken);
        LogStarted(_logger, Address, _options.Posts.Seed);
        _running = marketReturn is null ? Task.CompletedTask : RunAsync(marketReturn, _stopping.Token);
    }

    /// <summary>Publishes a post: to the stream if a rule matches, which is charged, and to searches.</summary>
    /// <returns>Its id.</returns>
    public long Publish(SyntheticPost post)
    {
        var stored = _posts.Add(post, []);
        Deliver(stored);
        return stored.Id;
    }

    /// <summary>Publishes a post that the stream misses, as during an interruption.</summary>
    public long PublishUnstreamed(SyntheticPost post) => _posts.Add(post, []).Id;

    /// <summary>Replaces a post by a version with another id.</summary>
    /// <returns>The new id.</returns>
    /// <exception cref="ArgumentException">There is no such post.</exception>
    public long Edit(long id, string text)
    {
        var old = _posts.Remove(id) ?? throw new ArgumentException("no such post", nameof(id));
        var stored = _posts.Add(old.Post with { Text = text, CreatedAt = Now() }, old.History);
        Deliver(stored);
        return stored.Id;
    }

    /// <summary>Deletes a post.</summary>
    public void Delete(long id) => _posts.Remove(id);

    /// <summary>Withholds a post in a country.</summary>
    public void Withhold(long id) => _posts.Withhold(id);

    /// <summary>Sends a post to the stream again.</summary>
    /// <exception cref="ArgumentException">There is no such post.</exception>
    public void Redeliver(long id) => Deliver(_posts.Find(id) ?? throw new ArgumentException("no such post", nameof(id)));

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _running;
        Streams.Close();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _stopping.Dispose();
    }

    private void Deliver(XStoredPost post)
    {
        var matching = Rules.Matching(post);
        if (matching.Count == 0)
        {
            return;
        }

        var line = XJson.Line(post, matching);
        lock (_lock)
        {
            Send(post.Id, [.. line, .. "\r\n"u8]);
        }
    }

    private void Send(long id, byte[] line)
    {
        if (!Streams.IsOpen)
        {
            return;
        }

        Meter.Read(id);
        if (Faults.IsStreamSilent)
        {
            return; // Sent into a dead connection, and charged.
        }

        if (Faults.SwapsPosts && _held is null)
        {
            _held = line;
            return;
        }

        Streams.Send(line);
        if (Faults.RepeatsPosts)
        {
            Streams.Send(line);
        }

        if (_held is { } held)
        {
            _held = null;
            Streams.Send(held);
        }
    }

    private async Task RunAsync(Func<double> marketReturn, CancellationToken cancellationToken)
    {
        var generator = new PostGenerator(_options.Posts, Now());
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(_options.StepMs), _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                foreach (var post in generator.Until(Now(), marketReturn()))
                {
                    Publish(post);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogStopped(_logger);
        }
        catch (Exception e)
        {
            LogFailed(_logger, e);
            Streams.Close();
        }
    }

    private DateTimeOffset Now() => _time.GetUtcNow() + Faults.ClockOffset;

    [LoggerMessage(Level = LogLevel.Information, Message = "Simulated X at {Address}, seed {Seed}")]
    private static partial void LogStarted(ILogger logger, Uri address, int seed);

    [LoggerMessage(Level = LogLevel.Information, Message = "Simulated X stopped")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "The simulated X failed; its stream is closed")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
