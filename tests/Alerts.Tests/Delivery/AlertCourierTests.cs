using BtcAgent.Alerts.Channels;
using BtcAgent.Alerts.Delivery;
using BtcAgent.Alerts.Settings;
using BtcAgent.Alerts.Tests.Channels;
using BtcAgent.Domain.Alerts;
using BtcAgent.Testing;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Alerts.Tests.Delivery;

/// <summary>Messages on their way, under a clock that the test moves.</summary>
public sealed class AlertCourierTests : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new(ChannelFiles.At);
    private readonly ScriptedChannel _mail = new("mail");
    private readonly ScriptedChannel _slack = new("slack");
    private readonly RecordedLog<AlertCourier> _log = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly AlertCourier _courier;
    private readonly Task _running;

    public AlertCourierTests()
    {
        var options = new AlertOptions();
        options.Channels["mail"] = new AlertChannelOptions();
        options.Channels["slack"] = new AlertChannelOptions();
        _courier = new AlertCourier([_mail, _slack], options, _time, _log);
        _running = _courier.RunAsync(_ended.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _courier.Dispose();
        _ended.Dispose();
    }

    [Fact]
    public async Task Offer_SameMessageAgainAndAgain_IsSentOnce()
    {
        AlertDelivery[] outbox = [Message("1", "mail"), Message("2", "mail"), Message("3", "slack")];
        for (var i = 0; i < 5; i++)
        {
            _courier.Offer([.. outbox]);
        }

        await SettledAsync(3);
        _courier.Offer([.. outbox]);
        Assert.Equal(3, _courier.Settled.Length);
        _courier.Offer([]);
        Assert.Empty(_courier.Settled);
        Assert.Equal(["1", "2"], _mail.Attempts);
        Assert.Equal(["3"], _slack.Attempts);
    }

    [Fact]
    public async Task Offer_ChannelDeadForAnHour_DelaysNoOtherAndDeliversAfter()
    {
        var dead = true;
        _mail.Answer = (_, _) => Task.FromResult(dead ? ChannelAnswer.Busy("no route") : ChannelAnswer.Accepted);
        _courier.Offer([Message("1", "mail"), Message("2", "mail")]);
        var until = _time.GetUtcNow() + TimeSpan.FromHours(1);
        for (var i = 0; _time.GetUtcNow() < until; i++)
        {
            _courier.Offer([Message("1", "mail"), Message("2", "mail"), Message($"s{i}", "slack")]);
            await Eventually.TrueAsync($"slack has s{i}", () => Task.FromResult(_slack.Attempts.Contains($"s{i}")), Soon);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        var health = _courier.Channels.Single(channel => channel.Name == "mail");
        Assert.Equal((2, "no route", ChannelFiles.At), (health.Waiting, health.Problem, health.FailingSince));
        Assert.InRange(_mail.Attempts.Count, 5, 40);
        dead = false;
        await AdvanceUntilAsync("mail is delivered", () => _courier.Settled.Count(outcome => outcome.Channel == "mail") == 2);
        Assert.All(_courier.Settled, outcome => Assert.Null(outcome.Problem));
        Assert.Null(_courier.Channels.Single(channel => channel.Name == "mail").Problem);
    }

    [Fact]
    public async Task Offer_ChannelThatHangs_TimesOutAndIsTriedAgain()
    {
        _mail.Answer = async (_, cancellation) =>
        {
            if (_mail.Attempts.Count == 1)
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }

            return ChannelAnswer.Accepted;
        };
        _courier.Offer([Message("1", "mail")]);
        await AdvanceUntilAsync("the second attempt succeeds", () => _courier.Settled.Length == 1);
        Assert.Equal(2, _mail.Attempts.Count);
        Assert.Contains(_log.Entries, entry => entry.Text.Contains("no answer within 10 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Offer_ChannelThatThrows_IsTriedAgainWithoutShowingWhy()
    {
        _mail.Answer = (_, _) => _mail.Attempts.Count == 1 ? throw new InvalidOperationException("planted-secret") : Task.FromResult(ChannelAnswer.Accepted);
        _courier.Offer([Message("1", "mail")]);
        await AdvanceUntilAsync("the second attempt succeeds", () => _courier.Settled.Length == 1);
        Assert.DoesNotContain(_log.Entries, entry => entry.Text.Contains("planted-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Offer_MessageThatIsRefused_IsGivenUpAndTheNextOneSent()
    {
        _mail.Answer = (delivery, _) => Task.FromResult(delivery.Id == "1" ? ChannelAnswer.Refused("unreadable") : ChannelAnswer.Accepted);
        _courier.Offer([Message("1", "mail"), Message("2", "mail")]);
        await AdvanceUntilAsync("both have ended", () => _courier.Settled.Length == 2);
        Assert.Equal(["1", "1", "1", "2"], _mail.Attempts);
        Assert.Equal("unreadable", _courier.Settled.Single(outcome => outcome.Id == "1").Problem);
    }

    [Fact]
    public async Task Offer_OneRecipientIsRefused_EndsTheMessageAndShowsTheProblem()
    {
        _mail.Answer = (_, _) => Task.FromResult(ChannelAnswer.InPart("refuses boss@example.org"));
        _courier.Offer([Message("1", "mail")]);
        await SettledAsync(1);
        Assert.Null(_courier.Settled[0].Problem);
        var health = _courier.Channels.Single(channel => channel.Name == "mail");
        Assert.Equal((1, 0, "refuses boss@example.org"), (health.Sent, health.Failed, health.Problem));
        Assert.NotNull(health.FailingSince);
    }

    [Fact]
    public async Task Offer_Test_IsTriedOnce()
    {
        _mail.Answer = (_, _) => Task.FromResult(ChannelAnswer.Busy("no route"));
        _courier.Offer([Message("1", "mail", DeliveryKind.Test)]);
        await SettledAsync(1);
        Assert.Equal("no route", _courier.Settled[0].Problem);
        Assert.Single(_mail.Attempts);
    }

    [Fact]
    public async Task Offer_ReceiverAsksForAPause_WaitsThatLong()
    {
        _mail.Answer = (_, _) => Task.FromResult(
            _time.GetUtcNow() < ChannelFiles.At.AddMinutes(20) ? ChannelAnswer.Busy("slow down", TimeSpan.FromMinutes(20)) : ChannelAnswer.Accepted);
        _courier.Offer([Message("1", "mail")]);
        await AdvanceUntilAsync("it is accepted", () => _courier.Settled.Length == 1);
        Assert.Equal(2, _mail.Attempts.Count);
    }

    [Fact]
    public void Offer_ChannelNoLongerInTheSettings_Ends()
    {
        _courier.Offer([Message("1", "removed")]);
        Assert.Contains("not in the settings", Assert.Single(_courier.Settled).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_OnceADay_FindsABrokenChannelAndItsRecovery()
    {
        await Eventually.TrueAsync("the first probe", () => Task.FromResult(_mail.Probes == 1), Soon);
        _mail.ProbeAnswer = ChannelAnswer.Refused("unknown webhook");
        await AdvanceUntilAsync("the daily probe fails", () => _courier.Channels[0].Problem == "unknown webhook", minutes: 30);
        Assert.InRange(_courier.Channels[0].FailingSince!.Value - ChannelFiles.At, TimeSpan.FromHours(24), TimeSpan.FromHours(25));
        _mail.ProbeAnswer = ChannelAnswer.Accepted;
        await AdvanceUntilAsync("it has recovered", () => _courier.Channels[0].Problem is null);
        Assert.InRange(_time.GetUtcNow() - ChannelFiles.At, TimeSpan.FromHours(24), TimeSpan.FromHours(26));
    }

    private static AlertDelivery Message(string id, string channel, DeliveryKind kind = DeliveryKind.Firing) =>
        ChannelFiles.Message(kind, id) with { Channel = channel };

    private Task SettledAsync(int count) => Eventually.TrueAsync($"{count} messages have ended", () => Task.FromResult(_courier.Settled.Length == count), Soon);

    /// <summary>Moves the clock at each look.</summary>
    private Task AdvanceUntilAsync(string what, Func<bool> condition, double minutes = 1) => Eventually.TrueAsync(
        what,
        () =>
        {
            if (condition())
            {
                return Task.FromResult(true);
            }

            _time.Advance(TimeSpan.FromMinutes(minutes));
            return Task.FromResult(false);
        },
        Soon);
}
