using BtcAgent.Contracts.Social;
using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.Social.Budgets;
using BtcAgent.Social.X;
using BtcAgent.Social.X.Api;
using BtcAgent.Social.X.Settings;

namespace BtcAgent.Silo.Social;

/// <summary>One run of a source with the interface of X: X or the simulated one.</summary>
internal sealed partial class XReading : IDisposable
{
    private readonly HttpClient _http;
    private readonly XSource _source;
    private readonly BudgetAccount _account;
    private readonly BudgetOptions _budget;
    private readonly SimulatedX? _simulated;
    private readonly TimeProvider _time;
    private readonly ILogger<XReading> _logger;

    /// <param name="name">Name of the source in this agent.</param>
    /// <param name="options">Settings of X, or of the simulated one.</param>
    /// <param name="token">Its token.</param>
    /// <param name="budget">Limits and prices.</param>
    /// <param name="epoch">Lease of this run.</param>
    /// <param name="store">Keeps spending and position.</param>
    /// <param name="cursor">The stored position.</param>
    /// <param name="desk">Takes the posts.</param>
    /// <param name="simulated">The simulated X, whose meter is shown; null for X.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="loggers">Never receive a text, an author or the token.</param>
    public XReading(
        string name, XOptions options, BearerToken token, BudgetOptions budget, long epoch, ISocialStoreGrain store, PostCursor cursor, PostDesk desk,
        SimulatedX? simulated, TimeProvider time, ILoggerFactory loggers)
    {
        (Name, Desk, _budget, _simulated, _time, _logger) = (name, desk, budget, simulated, time, loggers.CreateLogger<XReading>());
        _http = new HttpClient(XClient.Handler()) { Timeout = Timeout.InfiniteTimeSpan };
        _account = new BudgetAccount(new BudgetGovernor(budget), new GrainBudgetStore(store), epoch, time);
        _source = new XSource(new XClient(_http, token, options, time), _account, desk, options, cursor, time, loggers.CreateLogger<XSource>());
    }

    public string Name { get; }

    public PostDesk Desk { get; }

    /// <summary>Whether it is the simulated X of this process.</summary>
    public bool IsSimulated => _simulated is not null;

    /// <summary>Whether silence means that nothing was written: the stream is open, or numbers of posts are read.</summary>
    public bool IsAlive => _source.Status.Phase is XPhase.Streaming or XPhase.Counting;

    /// <summary>Whether silence means that the tone has not changed: of posts that are only counted, nobody knows the tone.</summary>
    public bool IsDelivering => _source.Status.Phase is XPhase.Streaming;

    /// <summary>Posts that were refused.</summary>
    public long Refused => _source.Counters is var counters ? counters.Withheld + counters.Foreign + counters.Malformed + counters.TooLong : 0;

    /// <summary>How far was read.</summary>
    public PostCursor Position => _source.Cursor;

    /// <summary>Reads until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _source.RunAsync(cancellationToken);

    /// <summary>Looks up the shown posts again and again, and removes those that are gone.</summary>
    public async Task CheckDeletionsAsync(TimeSpan every, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(every, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                if (_source.Status.Level >= BudgetLevel.Sampled && Desk.Shown is { Count: > 0 } ids)
                {
                    await _source.CheckDeletionsAsync(ids, cancellationToken);
                }
            }
            catch (XApiException e)
            {
                LogNotChecked(_logger, e.Message);
            }
        }
    }

    public SocialSourceStatus Status
    {
        get
        {
            var (status, counters) = (_source.Status, _source.Counters);
            return new SocialSourceStatus
            {
                Source = Name,
                Phase = status.Phase switch
                {
                    XPhase.Connecting => SocialPhase.Connecting,
                    XPhase.Streaming => SocialPhase.Streaming,
                    XPhase.Waiting => SocialPhase.Waiting,
                    XPhase.Counting => SocialPhase.Counting,
                    XPhase.OutOfBudget => SocialPhase.OutOfBudget,
                    _ => SocialPhase.Stopped,
                },
                IsAlive = IsAlive,
                Reason = status.Reason,
                Since = status.Since,
                WaitSeconds = status.Wait.TotalSeconds,
                LastPostAt = Desk.LastPostAt,
                Accepted = counters.Accepted,
                Repeated = counters.Repeated,
                Refused = Refused,
                Removed = counters.Removed,
                Counted = Desk.Counted,
                Disconnects = counters.Disconnects,
            };
        }
    }

    public async Task<SocialBudgetStatus> ReadBudgetAsync(CancellationToken cancellationToken)
    {
        var state = await _account.ReadAsync(cancellationToken);
        var now = Timestamp.FromDateTimeOffset(_time.GetUtcNow());
        var (today, plan) = (BudgetGovernor.DayOf(now), _account.Plan);
        var (day, month) = (state.OfDay(today), state.OfMonth(today));
        return new SocialBudgetStatus(
            Name,
            IsSimulated,
            (plan?.Level ?? BudgetLevel.Off) switch
            {
                BudgetLevel.Stream => SocialLevel.Stream,
                BudgetLevel.Sampled => SocialLevel.Sampled,
                BudgetLevel.Counts => SocialLevel.Counts,
                _ => SocialLevel.Off,
            },
            plan?.Reason ?? "not read yet",
            plan?.Until ?? Timestamp.Unknown,
            new SocialSpend(day.Start, day.Reads, _budget.ReadsPerDayMax, day.Counts, day.Dollars, _budget.DollarsPerDayMax),
            new SocialSpend(month.Start, month.Reads, _budget.ReadsPerMonthMax, month.Counts, month.Dollars, _budget.DollarsPerMonthMax),
            _budget.PriceOf(BudgetUse.Posts),
            _budget.PriceOf(BudgetUse.Counts),
            _simulated?.Meter.DollarsOf(today));
    }

    public void Dispose()
    {
        _source.Dispose();
        _http.Dispose();
    }

    [LoggerMessage(EventId = 761, Level = LogLevel.Warning, Message = "Deleted posts were not looked for, and are at the next check: {Problem}")]
    private static partial void LogNotChecked(ILogger logger, string problem);
}
