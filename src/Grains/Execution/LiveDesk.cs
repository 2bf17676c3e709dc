using BtcAgent.Contracts.Execution;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;
using BtcAgent.Grains.Activations;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// Sends the orders of one execution grain to a real venue and keeps them in agreement with it. Runs on the grain's own
/// scheduler: requests to the venue are never awaited by a grain call, so that a venue that does not answer holds up
/// neither reports nor the kill switch.
/// </summary>
internal sealed partial class LiveDesk(
    string portfolio,
    InstrumentId instrument,
    IExecutionVenue venue,
    LiveDeskHost host,
    LiveOptions options,
    SendFence fence,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly AnswerRates _answers = new(TimeSpan.FromMinutes(options.AnswerWindowMinutes), options.AnswersMin);
    private LiveExecution? _execution;
    private Task? _writing;
    private Task? _reconciling;
    private string? _standsStill;
    private bool _delivering;
    private bool _again;
    private bool _inDoubt = true;
    private string _reason = "not yet compared with the venue";
    private long _storedVersion;
    private Timestamp _reconciledAt;

    public bool InDoubt => _inDoubt;

    public IReadOnlyList<Order> OpenOrders => _execution?.OpenOrders ?? [];

    public IReadOnlyList<Order> RecentOrders => _execution?.RecentOrders ?? [];

    public ExecutionStatus Status => new(
        true,
        _inDoubt,
        _reason,
        _reconciledAt,
        OpenOrders.Count,
        _execution?.Anomalies ?? 0,
        _execution?.LastAnomaly,
        [.. _execution?.Corrections ?? []],
        _answers.Errors(Elapsed()),
        _answers.Rejects(Elapsed()),
        Figure(_meter.SlippageBps(Elapsed())),
        Figure(_meter.DelayMs(Elapsed())))
    {
        Doubts = _execution?.Doubts ?? [],
        StandsStill = _standsStill,
    };

    /// <summary>Takes up the orders where the stored state left them; asks the venue in the background.</summary>
    public void Start(string why) => Reconcile(why, doubt: true);

    /// <summary>Does not work: the activations before have failed, and another would.</summary>
    public void StandStill(StandStill stand)
    {
        _standsStill = stand.Words;
        _reason = $"STANDS_STILL: {stand.Words}";
        LogStands(logger, portfolio, instrument, stand.Words);
        _ = Run(stand.MayPass ? EndLaterAsync() : HaltUntilDoneAsync($"EXECUTION: {instrument} {stand.Words}"));
    }

    /// <summary>Stores the intent, starts sending it, and answers.</summary>
    /// <param name="intent">Approved by risk, or part of a flatten.</param>
    /// <param name="terms">From before it was decided.</param>
    /// <param name="closes">It is part of a flatten.</param>
    public async Task<Order> Submit(OrderIntent intent, SendTerms terms, bool closes = false)
    {
        if (_execution?.Find(intent.ClientOrderId) is { } known)
        {
            return known;
        }

        if (fence.Refusal(terms) is { } refusal)
        {
            return OrderLifecycle.Deny(intent, refusal);
        }

        if (_execution is null || (_inDoubt && !intent.ReducesRisk) || _execution.TradesReadTo is null)
        {
            // Not remembered: the same order may be asked for again when the doubt is over.
            return OrderLifecycle.Deny(intent, $"RECONCILING: {_reason}");
        }

        var result = _execution.Submit(intent, Now());
        if (result.IsNew)
        {
            var permit = result.Order.IsOpen ? fence.Permit(intent.ClientOrderId, Earlier(terms.NotAfter), closes) : null;
            await Store();
            LogOrders();
            if (permit is { WhyNot: null })
            {
                _ = Run(SendAsync(intent, permit));
            }
        }

        return _execution.Find(intent.ClientOrderId) ?? result.Order;
    }

    /// <returns>Null when the order is not known; else as it stands.</returns>
    public async Task<Order?> Cancel(string clientOrderId, string reason)
    {
        if (_execution?.Find(clientOrderId) is not { } order)
        {
            return null;
        }

        if (_execution.RequestCancel(clientOrderId, order.UpdatedAt, reason))
        {
            await Store();
            _ = Run(SendCancelAsync(clientOrderId));
        }

        return _execution.Find(clientOrderId);
    }

    public async Task OnReport(ExecutionReport report)
    {
        if (_execution is null)
        {
            return; // The comparison that is due finds it.
        }

        var anomalies = _execution.Anomalies;
        _execution.Receive(report);
        if (_execution.Anomalies != anomalies)
        {
            LogAnomaly(logger, portfolio, instrument, _execution.LastAnomaly ?? "");
            Reconcile($"anomaly: {_execution.LastAnomaly}", doubt: true);
        }

        await StoreAndDeliver();
        if (_execution.HasQuestions && report.Kind != ExecutionReportKind.Accepted)
        {
            _ = Run(AskLaterAsync());
        }
    }

    public void OnUserData(bool connected, string reason)
    {
        if (connected)
        {
            Reconcile("user data came back", doubt: true);
        }
        else
        {
            _inDoubt = true;
            _reason = _standsStill is null ? $"no user data: {reason}" : _reason;
        }
    }

    /// <summary>Starts a comparison, or has the running one repeated.</summary>
    public void Reconcile(string why, bool doubt)
    {
        if (doubt && _standsStill is null)
        {
            _inDoubt = true;
            _reason = why;
        }

        _again = true;
        if (_standsStill is not null)
        {
            return;
        }

        if (_reconciling is null or { IsCompleted: true })
        {
            _reconciling = Run(ReconcileAsync());
        }
    }

    public void Dispose()
    {
        fence.Raise("the activation has ended");
        fence.EndFlatten("the activation has ended");
        _ending.Cancel();
        _ending.Dispose();
    }

    private async Task SendAsync(OrderIntent intent, SendPermit permit)
    {
        if (intent.Side == Side.Sell && !intent.ClientOrderId.StartsWith(ProtectiveIds, StringComparison.Ordinal))
        {
            await MakeWayAsync("another order sells");
        }

        var answer = await venue.PlaceAsync(intent, permit, _ending.Token);
        if (permit.UsedAt is not null)
        {
            _answers.Note(answer.Outcome, Elapsed());
        }

        if (answer.Outcome != VenueOutcome.Unknown)
        {
            fence.Answered(intent.ClientOrderId);
        }

        _execution!.Placed(intent.ClientOrderId, answer, Now());
        await StoreAndDeliver();
        if (answer.Outcome == VenueOutcome.Halt)
        {
            await host.Halt($"VENUE_REFUSES: {answer.Reason}");
        }
        else if (answer.Outcome == VenueOutcome.Unknown)
        {
            LogUnknown(logger, portfolio, instrument, intent.ClientOrderId, answer.Reason);
            Reconcile($"order {intent.ClientOrderId}: {answer.Reason}", doubt: true);
        }
    }

    /// <param name="clientOrderId">As we know it, or as the venue lists it.</param>
    /// <param name="venueOrderId">When the venue has listed it: that name lasts, the other may change.</param>
    private async Task SendCancelAsync(string clientOrderId, string? venueOrderId = null)
    {
        if (!_canceling.Add(clientOrderId))
        {
            return; // On its way already.
        }

        VenueAnswer answer;
        try
        {
            answer = venueOrderId is null
                ? await AskCancelAsync(clientOrderId)
                : await venue.CancelByVenueIdAsync(instrument, venueOrderId, _ending.Token);
        }
        finally
        {
            _canceling.Remove(clientOrderId);
        }

        if (_execution is null)
        {
            return; // The comparison that is due learns of it from the venue.
        }

        _execution.CancelAnswered(clientOrderId, answer, Now());
        if (_execution.Find(clientOrderId)?.Status == OrderStatus.PendingCancel)
        {
            Reconcile($"cancel of {clientOrderId}: {answer.Reason}", doubt: true);
        }

        await StoreAndDeliver();
    }

    /// <summary>An order that has not arrived after the venue's request lifetime counts as never arrived: it must not leave later.</summary>
    private Timestamp Earlier(Timestamp notAfter) => Now() + venue.RequestLifetime is var latest && latest < notAfter ? latest : notAfter;

    private async Task AskLaterAsync()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(options.QuestionDelayMs), time, _ending.Token);
        if (_execution!.HasQuestions)
        {
            Reconcile("a report leaves a question", doubt: false);
        }
    }

    private void LogOrders()
    {
        foreach (var order in _execution!.TakeChangedOrders())
        {
            Compare(order);
            LogOrder(logger, portfolio, instrument, order.Intent.ClientOrderId, order.Status, order.FilledQuantity, order.Reason ?? "");
        }
    }

    /// <summary>By the monotonic clock: a window does not widen when the time of day is set.</summary>
    private TimeSpan Elapsed() => time.GetElapsedTime(0);

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
