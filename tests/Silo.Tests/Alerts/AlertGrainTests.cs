using System.Collections.Immutable;
using BtcAgent.Alerts.Engine;
using BtcAgent.Contracts.Alerts;
using BtcAgent.Domain.Alerts;
using BtcAgent.Silo.Alerts;
using BtcAgent.Testing;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Silo.Tests.Alerts;

/// <summary>The store may be what an alert is about: it never delays one.</summary>
public sealed class AlertGrainTests
{
    private static readonly AlertCondition Unwritable = new(
        "BreakerTripped", AlertSeverity.Critical, ImmutableSortedDictionary<string, string>.Empty, "nothing can be stored", "the disk is full", TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero));
    private readonly ScriptedState _state = new();
    private readonly RecordedLog<AlertGrain> _log = new();

    [Fact]
    public async Task Exchange_StoreFails_ReturnsTheMessageAndStoresItLater()
    {
        var grain = await NewAsync();
        _state.Write = () => throw new IOException("the disk is full");
        Assert.Equal(DeliveryKind.Firing, Assert.Single(await ExchangeAsync(grain)).Kind);
        Assert.Equal("the disk is full", (await grain.List()).Problem);
        await ExchangeAsync(grain);
        Assert.Single(_log.Entries, entry => entry.Event == 1210);

        _state.Write = () => Task.CompletedTask;
        await ExchangeAsync(grain);
        Assert.Null((await grain.List()).Problem);
        Assert.Single(_log.Entries, entry => entry.Event == 1211);
    }

    [Fact]
    public async Task Exchange_StoreHangs_ReturnsWithinASecondAndWritesOnceAtATime()
    {
        var grain = await NewAsync();
        var answered = new TaskCompletionSource();
        _state.Write = () => answered.Task;
        var exchange = ExchangeAsync(grain);
        Assert.False(exchange.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await exchange);
        var acknowledged = grain.Acknowledge((await grain.List()).Alerts[0].Id, "ann", "on it", null);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await acknowledged);
        Assert.Equal(1, _state.Writes);

        _state.Write = () => Task.CompletedTask;
        answered.SetResult();
        await ExchangeAsync(grain);
        Assert.Equal(2, _state.Writes);
        Assert.Equal("ann", Assert.Single(_state.State.Alerts).Acknowledged!.By);
    }

    [Fact]
    public async Task Exchange_NothingChanges_WritesNothing()
    {
        var grain = await NewAsync();
        await ExchangeAsync(grain);
        var writes = _state.Writes;
        await ExchangeAsync(grain);
        Assert.Equal(writes, _state.Writes);
    }

    [Fact]
    public async Task GetTest_ChannelAnswers_IsDone()
    {
        var grain = await NewAsync();
        var messages = await grain.Test("ann");
        Assert.False(Assert.Single(await grain.GetTest(messages)).IsDone);
        await grain.Exchange(new NotifierReport(null, [new DeliveryOutcome(messages["mail"], "mail", "no route")], [], WatchdogHealth.None));
        Assert.Equal(new ChannelTest("mail", true, "no route"), Assert.Single(await grain.GetTest(messages)));
    }

    private static Task<ImmutableArray<AlertDelivery>> ExchangeAsync(AlertGrain grain) =>
        grain.Exchange(new NotifierReport(new AlertReport("agent", [Unwritable], []), [], [], WatchdogHealth.None));

    private async Task<AlertGrain> NewAsync()
    {
        var policy = new AlertPolicy
        {
            GroupWait = TimeSpan.Zero,
            GroupInterval = TimeSpan.FromMinutes(5),
            RepeatInterval = TimeSpan.FromHours(12),
            Channels = [new ChannelPolicy("mail", AlertSeverity.Info, true, false)],
        };
        var grain = new AlertGrain(_state, policy, _time, _log);
        await grain.OnActivateAsync(TestContext.Current.CancellationToken);
        return grain;
    }

    private sealed class ScriptedState : IPersistentState<AlertBookState>
    {
        public AlertBookState State { get; set; } = new();

        public string? Etag => null;

        public bool RecordExists => false;

        public int Writes { get; private set; }

        public Func<Task> Write { get; set; } = () => Task.CompletedTask;

        public Task ReadStateAsync() => Task.CompletedTask;

        public Task ClearStateAsync() => Task.CompletedTask;

        public Task WriteStateAsync()
        {
            Writes++;
            return Write();
        }
    }
}
