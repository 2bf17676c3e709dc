using System.Collections.Immutable;
using BtcAgent.Alerts;
using BtcAgent.Alerts.Engine;
using BtcAgent.Contracts.Alerts;
using BtcAgent.Contracts.Idempotency;
using BtcAgent.Domain.Alerts;
using BtcAgent.Grains.Storage;
using Orleans.Storage;

namespace BtcAgent.Silo.Alerts;

/// <summary>
/// Holds the <see cref="AlertBook"/> and stores it. A store that fails or hangs delays no alert: it may be what the alert is about.
/// </summary>
[CollectionAgeLimit(AlwaysActive = true)]
internal sealed partial class AlertGrain(
    [PersistentState(AlertGrain.StateName, GrainStateNames.Provider)] IPersistentState<AlertBookState> state,
    AlertPolicy policy,
    TimeProvider time,
    ILogger<AlertGrain> logger) : Grain, IAlertGrain
{
    internal const string StateName = "alerts";

    private const int OutcomesKept = 200;

    private static readonly TimeSpan StoredWithin = TimeSpan.FromSeconds(1);

    private readonly Queue<DeliveryOutcome> _outcomes = new();
    private AlertBook _book = null!;
    private ImmutableArray<ChannelHealth> _channels = [];
    private WatchdogHealth _watchdog = WatchdogHealth.None;
    private Task _writing = Task.CompletedTask;
    private long _stored;
    private string? _problem;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _book = new AlertBook(policy, state.State);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => await StoreAsync();

    public Task Observe(AlertReport report)
    {
        _book.Observe(time.GetUtcNow(), report.Source, report.Conditions, report.Unknown);
        return Task.CompletedTask;
    }

    public async Task Raise(string source, AlertCondition moment)
    {
        _book.Raise(time.GetUtcNow(), source, moment);
        await StoreAsync();
    }

    public async Task<ImmutableArray<AlertDelivery>> Exchange(NotifierReport report)
    {
        var now = time.GetUtcNow();
        (_channels, _watchdog) = (report.Channels, report.Watchdog);
        foreach (var outcome in report.Settled.Where(outcome => _outcomes.All(kept => kept.Id != outcome.Id)))
        {
            _outcomes.Enqueue(outcome);
            if (_outcomes.Count > OutcomesKept)
            {
                _outcomes.Dequeue();
            }
        }

        _book.Settle([.. report.Settled.Select(outcome => outcome.Id)]);
        if (report.Observed is { } observed)
        {
            _book.Observe(now, observed.Source, observed.Conditions, observed.Unknown);
        }

        _book.Advance(now);
        AlertsExtensions.RecordFiring(_book.List());
        await StoreAsync();
        return _book.Outbox;
    }

    public Task<AlertList> List() => Task.FromResult(new AlertList(_book.List(), _channels, _watchdog, _problem));

    public async Task<Alert?> Acknowledge(string id, string by, string reason, DateTimeOffset? until)
    {
        var alert = _book.Acknowledge(id, new Acknowledgement(by, time.GetUtcNow(), until, reason));
        await StoreAsync();
        return alert;
    }

    public async Task<ImmutableSortedDictionary<string, string>> Test(string by)
    {
        var test = new AlertCondition(
            "TestAlert",
            AlertSeverity.Info,
            ImmutableSortedDictionary<string, string>.Empty,
            "a test message",
            $"Asked for by {by}; nothing is wrong.",
            TimeSpan.Zero);
        var messages = _book.Test(time.GetUtcNow(), test, CommandOperation.Current);
        await StoreAsync();
        return messages;
    }

    public Task<ImmutableArray<ChannelTest>> GetTest(ImmutableSortedDictionary<string, string> messages) =>
        Task.FromResult<ImmutableArray<ChannelTest>>([.. messages.Select(message => TestOf(message.Key, message.Value))]);

    private ChannelTest TestOf(string channel, string message) =>
        _outcomes.FirstOrDefault(outcome => outcome.Id == message) is { } outcome ? new(channel, true, outcome.Problem) : new(channel, false, null);

    /// <summary>Stores what has changed; returns after a second at the latest, and the next call continues.</summary>
    private async Task StoreAsync()
    {
        if (_writing.IsCompleted && _book.Version != _stored)
        {
            _writing = WriteAsync();
        }

        if (!_writing.IsCompleted)
        {
            await Task.WhenAny(_writing, Task.Delay(StoredWithin, time));
            if (!_writing.IsCompleted)
            {
                NoteProblem("the store does not answer");
            }
        }
    }

    private async Task WriteAsync()
    {
        var version = _book.Version;
        try
        {
            await state.WriteStateAsync();
            _stored = version;
            if (_problem is not null)
            {
                LogStoredAgain(logger);
            }

            _problem = null;
        }
        catch (InconsistentStateException)
        {
            // Another activation has written: the next one reads its state.
            DeactivateOnIdle();
        }
        catch (Exception e)
        {
            NoteProblem(e.Message);
        }
    }

    private void NoteProblem(string problem)
    {
        if (_problem is null)
        {
            LogNotStored(logger, problem);
        }

        _problem = problem;
    }
}
