using BtcAgent.Social.Budgets;
using BtcAgent.Social.Sources;
using BtcAgent.Social.X.Api;
using BtcAgent.Social.X.Settings;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Social.X;

/// <summary>
/// Posts from X, by the filtered stream: as many as the budget allows, each once, with searches for what an interruption missed. One process at a time may
/// run it: the lease is the caller's.
/// </summary>
public sealed partial class XSource : IDisposable
{
    private readonly XClient _client;
    private readonly BudgetAccount _budget;
    private readonly XOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<XSource> _logger;
    private readonly Tally _tally = new();
    private readonly PostIntake _intake;
    private readonly BilledPosts _billed;
    private readonly RuleSync _rules;
    private readonly RuleWatch _watch;
    private readonly GapSearch _search;
    private readonly CountsReader _counts;
    private readonly DeletionCheck _deletions;
    private readonly ConnectMeter _connects;
    private readonly ReconnectLadders _ladders = new();
    private readonly PostRate _rate;
    private XStatus _status;

    /// <param name="client">X.</param>
    /// <param name="budget">Pays.</param>
    /// <param name="sink">Takes the posts.</param>
    /// <param name="options">Settings.</param>
    /// <param name="cursor">How far an earlier run has read; <see cref="PostCursor.Empty"/> begins now.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="logger">Never receives a text, an author or the token.</param>
    public XSource(
        XClient client, BudgetAccount budget, IPostSink sink, XOptions options, PostCursor cursor, TimeProvider time, ILogger<XSource> logger)
    {
        (_client, _budget, _options, _time, _logger) = (client, budget, options, time, logger);
        _billed = new BilledPosts(budget.ClockTolerance);
        _intake = new PostIntake(sink, cursor, options.Lateness, _tally, time);
        _rules = new RuleSync(client, options, _tally);
        _watch = new RuleWatch(_rules, _intake, options, time);
        _search = new GapSearch(client, budget, _billed, _intake, options, _tally, time, logger);
        _counts = new CountsReader(client, budget, _intake, options, time);
        _deletions = new DeletionCheck(client, budget, _billed, _intake, time);
        _connects = new ConnectMeter(options.ConnectsMax, time);
        _rate = new PostRate(options.ExpectedPostsPerSecond, time);
        _status = new XStatus(XPhase.Stopped, BudgetLevel.Off, "not started", TimeSpan.Zero, Now);
    }

    /// <summary>The state now.</summary>
    public XStatus Status => Volatile.Read(ref _status);

    /// <summary>Counts of this run.</summary>
    public XCounters Counters => _tally.Counters;

    /// <summary>How far was read; store it after the posts, and start the next run with it.</summary>
    public PostCursor Cursor => _intake.Cursor;

    private Timestamp Now => Timestamp.FromDateTimeOffset(_time.GetUtcNow());

    /// <summary>Reads until it is cancelled.</summary>
    /// <exception cref="OperationCanceledException">The only way a running source ends, but for an exception of the sink or the budget's store.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var highest = BudgetLevel.Stream;
        try
        {
            while (true)
            {
                var plan = await _budget.ChooseAsync(highest, cancellationToken);
                highest = BudgetLevel.Stream;
                Note(plan);
                var isRefused = plan.Level switch
                {
                    BudgetLevel.Off => await WaitAsync(XPhase.OutOfBudget, plan, plan.Until - Now, plan.Reason, cancellationToken),
                    BudgetLevel.Counts => await CountAsync(plan, cancellationToken),
                    _ => await StreamAsync(plan, cancellationToken),
                };
                if (isRefused)
                {
                    highest = plan.Level - 1;
                }
            }
        }
        finally
        {
            Set(XPhase.Stopped, Status.Level, "stopped", TimeSpan.Zero);
        }
    }

    /// <summary>
    /// Looks posts up again and removes those that X no longer shows. X's rules want deletions honoured within 24 hours, so call it for each stored post.
    /// </summary>
    /// <param name="ids">Ids of X.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    /// <returns>The number of posts checked, from the first on: fewer than given when the budget does not allow more.</returns>
    /// <exception cref="XApiException">X refuses the request.</exception>
    public Task<int> CheckDeletionsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) => _deletions.RunAsync(ids, cancellationToken);

    public void Dispose() => _intake.Dispose();

    /// <returns>Whether the budget refused the level.</returns>
    private async Task<bool> StreamAsync(BudgetPlan plan, CancellationToken cancellationToken)
    {
        StreamEnd end;
        TimeSpan? resetAfter = null;
        try
        {
            end = await ConnectAsync(plan, cancellationToken);
        }
        catch (XApiException problem)
        {
            end = StreamEnd.Lost(problem.Failure, problem.Message);
            resetAfter = problem.ResetAfter;
        }

        if (plan.Level == BudgetLevel.Stream && !end.IsOutOfBudget)
        {
            _intake.OpenGap();
        }

        if (end.Failure is not { } failure)
        {
            LogClosed(_logger, end.Reason);
            return end.IsOutOfBudget;
        }

        if (failure == XFailure.Ended)
        {
            _tally.Change(counters => counters with { Disconnects = counters.Disconnects + 1 });
        }

        var wait = _ladders.Next(failure, resetAfter);
        LogLost(_logger, end.Reason, wait.TotalSeconds);
        return wait > TimeSpan.Zero && await WaitAsync(XPhase.Waiting, plan, wait, end.Reason, cancellationToken);
    }

    private async Task<StreamEnd> ConnectAsync(BudgetPlan plan, CancellationToken cancellationToken)
    {
        Set(XPhase.Connecting, plan.Level, plan.Reason, TimeSpan.Zero);
        if (_watch.IsDue(plan.Level))
        {
            await _watch.CompareAsync(plan.Level, cancellationToken);
        }

        if (_connects.Wait() is var wait && wait > TimeSpan.Zero)
        {
            await WaitAsync(XPhase.Waiting, plan, wait, $"{_options.ConnectsMax} connections within {ConnectMeter.Window.TotalMinutes} minutes", cancellationToken);
        }

        if (await StreamAllowance.OpenAsync(_budget, _options, _rate, _time, cancellationToken) is not { } allowance)
        {
            return StreamEnd.OutOfBudget(_budget.Refusal);
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var search = Task.CompletedTask;
        var check = Task.CompletedTask;
        try
        {
            _tally.Change(counters => counters with { Connects = counters.Connects + 1 });
            using var answer = await OpenAsync(allowance, cancellationToken);
            await using var closing = allowance.Over.Register(answer.Dispose);
            using var closed = CancellationTokenSource.CreateLinkedTokenSource(allowance.Over, cancellationToken);
            using var lines = new LineReader(
                await answer.Content.ReadAsStreamAsync(cancellationToken), _options.LineBytesMax, _options.Silence, _time, closed.Token);
            search = plan.Level == BudgetLevel.Stream ? _search.RunAsync(ended.Token) : Task.CompletedTask;
            Set(XPhase.Streaming, plan.Level, plan.Reason, TimeSpan.Zero);
            LogOpened(_logger, _options.BaseAddress, plan.Level);
            var reading = new StreamReading(_budget, allowance, _billed, _intake, _rules, _rate, _tally, _options.Silence, _time);
            var end = await reading.RunAsync(lines, plan.Level, BesideAsync, cancellationToken);
            if (reading.HasWorked)
            {
                _ladders.Reset();
            }

            return end;
        }
        finally
        {
            await ended.CancelAsync();
            var beside = Task.WhenAll(search, check);
            await beside.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await allowance.CloseAsync();
            await (beside.IsFaulted ? beside : Task.CompletedTask); // The sink or the store failed, and the stream ended before its next line.
        }

        async Task BesideAsync()
        {
            if (search.IsFaulted)
            {
                await search;
            }

            if (search.IsCompleted && plan.Level == BudgetLevel.Stream && _intake.Gap is not null)
            {
                search = _search.RunAsync(ended.Token); // A rule was missing.
            }

            if (check.IsCompleted && _watch.IsDue(plan.Level))
            {
                check = CheckRulesAsync(plan.Level, ended.Token);
            }
        }
    }

    private async Task<HttpResponseMessage> OpenAsync(StreamAllowance allowance, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _client.OpenStreamAsync(cancellationToken);
            _connects.Connected();
            return answer;
        }
        catch (XApiException problem)
        {
            if (problem.Failure != XFailure.Transport)
            {
                _connects.Connected(); // X has refused it, and counts it.
            }

            if (!problem.MayBeCharged)
            {
                allowance.NeverOpened();
            }

            throw;
        }
    }

    private async Task CheckRulesAsync(BudgetLevel level, CancellationToken cancellationToken)
    {
        try
        {
            await _watch.CompareAsync(level, cancellationToken);
        }
        catch (XApiException problem)
        {
            LogRules(_logger, problem.Message); // Tried again at the next check; the stream has the rules that X has.
        }
    }

    /// <returns>Whether the budget refused the level.</returns>
    private async Task<bool> CountAsync(BudgetPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            if (!await _counts.ReadAsync(cancellationToken))
            {
                return true;
            }

            _ladders.Reset();
            var (every, left) = (plan.CountsEvery * _options.RulesOrDefault.Count, plan.Until - Now);
            var wait = every < left ? every : left;
            return await WaitAsync(XPhase.Counting, plan, wait, plan.Reason, cancellationToken);
        }
        catch (XApiException problem)
        {
            var wait = _ladders.Next(problem.Failure, problem.ResetAfter);
            LogLost(_logger, problem.Message, wait.TotalSeconds);
            return await WaitAsync(XPhase.Waiting, plan, wait, problem.Message, cancellationToken);
        }
    }

    /// <summary>A lower level gives up what an interruption missed: the budget does not want it to be read.</summary>
    private void Note(BudgetPlan plan)
    {
        if (plan.Level < BudgetLevel.Stream && _intake.CloseGap())
        {
            _tally.Change(counters => counters with { GapsCut = counters.GapsCut + 1 });
        }

        if (plan.Level != Status.Level)
        {
            LogChosen(_logger, plan.Level == BudgetLevel.Stream ? LogLevel.Information : LogLevel.Warning, plan.Level, plan.Reason);
            _counts.Restart();
        }
    }

    /// <returns>False: the budget refused nothing.</returns>
    private async Task<bool> WaitAsync(XPhase phase, BudgetPlan plan, TimeSpan wait, string reason, CancellationToken cancellationToken)
    {
        // The timer runs before the status says so: a test that advances the clock then advances this wait.
        var delay = Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _time, cancellationToken);
        Set(phase, plan.Level, reason, wait);
        await delay;
        return false;
    }

    private void Set(XPhase phase, BudgetLevel level, string reason, TimeSpan wait) =>
        Volatile.Write(ref _status, new XStatus(phase, level, reason, wait, Now));
}
