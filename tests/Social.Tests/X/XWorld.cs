using BtcAgent.Exchanges.Simulator.Posts;
using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.Social.Budgets;
using BtcAgent.Social.X;
using BtcAgent.Social.X.Api;
using BtcAgent.Social.X.Settings;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Social.Tests.X;

/// <summary>A simulated X, a source that reads it, and a clock for both that only the test advances. Every world ends after three minutes of real time.</summary>
internal sealed class XWorld : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(2);

    private readonly TimeSpan _keepAlive;
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly HttpClient _http = new(XClient.Handler()) { Timeout = Timeout.InfiniteTimeSpan };
    private CancellationTokenSource _running = new();
    private Task _run = Task.CompletedTask;
    private XStatus? _last;
    private long _epoch;
    private int _posts;

    private XWorld(SimulatedXOptions simulated)
    {
        X = new SimulatedX(simulated, Time, NullLoggerFactory.Instance);
        _keepAlive = TimeSpan.FromSeconds(simulated.KeepAliveSeconds);
        _limit.CancelAfter(TimeSpan.FromSeconds(180));
    }

    public FakeTimeProvider Time { get; } = new(Start);

    public SimulatedX X { get; }

    public XOptions Options { get; } = new() { SlackReads = 10 };

    public BudgetOptions Budget { get; } = new() { ReadsPerDayMax = 1_000_000, ReadsPerMonthMax = 3_000_000, DollarsPerDayMax = 100_000, DollarsPerMonthMax = 1_000_000 };

    public CollectingSink Sink { get; } = new();

    public CollectingLogger Log { get; } = new();

    public MemoryBudgetStore Store { get; } = new();

    public XSource Source { get; private set; } = null!;

    public static async Task<XWorld> OpenAsync(Action<SimulatedXOptions>? configure = null)
    {
        var simulated = new SimulatedXOptions();
        configure?.Invoke(simulated);
        var world = new XWorld(simulated);
        await world.X.StartAsync(null, world._limit.Token);
        world.Options.BaseAddress = world.X.Address;
        world.Options.BearerToken = simulated.BearerToken;
        return world;
    }

    /// <summary>Starts a source, as another process would.</summary>
    public void Run(PostCursor? cursor = null)
    {
        var client = new XClient(_http, BearerToken.Load(Options), Options, Time);
        var budget = new BudgetAccount(new BudgetGovernor(Budget), Store, ++_epoch, Time);
        Source = new XSource(client, budget, Sink, Options, cursor ?? PostCursor.Empty, Time, Log);
        _running = new CancellationTokenSource();
        _last = Source.Status;
        _run = Source.RunAsync(_running.Token);
    }

    public async Task<PostCursor> StopAsync()
    {
        await _running.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _run);
        return Source.Cursor;
    }

    public async Task RunUntilStreamingAsync(PostCursor? cursor = null)
    {
        Run(cursor);
        await PhaseAsync(XPhase.Streaming);
    }

    /// <summary>Waits for a phase that begins after the last one that was waited for.</summary>
    public async Task<XStatus> PhaseAsync(XPhase phase)
    {
        await UntilAsync(() => Source.Status is var status && status.Phase == phase && !ReferenceEquals(status, _last));
        var seen = Source.Status;
        Assert.Equal(phase, seen.Phase);
        return _last = seen;
    }

    /// <summary>Waits for the next wait, and lets it pass.</summary>
    public async Task<TimeSpan> PassWaitAsync()
    {
        var wait = (await PhaseAsync(XPhase.Waiting)).Wait;
        Time.Advance(wait);
        return wait;
    }

    /// <summary>
    /// Lets each wait pass until the stream is read. After we close a stream, X may refuse the next one for a moment: it has not seen that we closed.
    /// </summary>
    public Task StreamingAgainAsync(BudgetLevel level) => UntilAsync(() =>
    {
        PassIfWaiting();
        return Source.Status is var status && status.Phase == XPhase.Streaming && status.Level == level && !ReferenceEquals(status, _last);
    });

    /// <summary>Lets the wait pass that the source is in, once.</summary>
    public void PassIfWaiting()
    {
        if (Source.Status is { Phase: XPhase.Waiting } status && !ReferenceEquals(status, _last))
        {
            _last = status;
            Time.Advance(status.Wait);
        }
    }

    public async Task UntilAsync(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(LookEvery);
        while (!condition())
        {
            if (_run.IsFaulted)
            {
                await _run;
            }

            Assert.True(
                !_limit.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None),
                $"not reached; {Source.Status}; {Source.Counters}; {string.Join('\n', Log.Lines.TakeLast(5))}");
        }
    }

    public Task AcceptedAsync(int posts) => UntilAsync(() => Sink.Posts.Count >= posts);

    /// <summary>A post of now that the default rule matches.</summary>
    public SyntheticPost Post(string? text = null, string language = "en") => new(
        Time.GetUtcNow(), new SyntheticAuthor("7", "synthetic_7", Start.AddDays(-100), 50, 200),
        text ?? $"bitcoin rises, note {++_posts}", language, PostKind.Opinion, PostTone.Good);

    /// <summary>Advances in steps of the blank lines, each received, so that the stream lives.</summary>
    public async Task PassAliveAsync(TimeSpan span)
    {
        for (var left = span; left > TimeSpan.Zero; left -= _keepAlive)
        {
            var before = Source.Counters.KeepAlives;
            Time.Advance(left < _keepAlive ? left : _keepAlive);
            if (left >= _keepAlive && X.Streams.IsOpen)
            {
                await UntilAsync(() => Source.Counters.KeepAlives > before || Source.Status.Phase != XPhase.Streaming);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _running.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Source?.Dispose();
        _http.Dispose();
        await X.DisposeAsync();
        _limit.Dispose();
    }
}
