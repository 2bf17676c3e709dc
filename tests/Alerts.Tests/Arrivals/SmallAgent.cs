using System.Collections.Immutable;
using System.Text.RegularExpressions;
using BtcAgent.Alerts.Channels;
using BtcAgent.Alerts.Delivery;
using BtcAgent.Alerts.Engine;
using BtcAgent.Alerts.Settings;
using BtcAgent.Alerts.Tests.Channels;
using BtcAgent.Domain.Alerts;
using BtcAgent.Testing;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Alerts.Tests.Arrivals;

/// <summary>An alert book and a courier with every kind of channel, their receivers, and a clock that a test moves.</summary>
internal sealed partial class SmallAgent : IAsyncDisposable
{
    public static readonly ImmutableArray<string> Channels = ["hook", "mail", "pager", "slack", "sms", "telegram", "twilio"];

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new(ChannelFiles.At);
    private readonly ChannelFiles _files = new();
    private readonly SmtpListener _smtp = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly HttpReceiver _receiver;
    private readonly AlertChannels _channels;
    private readonly AlertCourier _courier;
    private readonly Task _running;
    private string _dead = "";

    private SmallAgent(HttpReceiver receiver)
    {
        _receiver = receiver;
        _receiver.Answer = request => (request.Path.StartsWith($"/{_dead}/", StringComparison.Ordinal) ? 503 : 200, "{}", null);
        var options = Options(receiver.Url);
        Book = new AlertBook(AlertPolicy.Of(options, ImmutableDictionary<string, ImmutableArray<string>>.Empty, []), new AlertBookState());
        _channels = new AlertChannels(options, _time);
        _courier = new AlertCourier(_channels.All, options, _time, new RecordedLog<AlertCourier>());
        _running = _courier.RunAsync(_ended.Token);
    }

    public AlertBook Book { get; }

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Returns when the first probe of every channel has succeeded.</summary>
    public static async Task<SmallAgent> StartAsync()
    {
        var agent = new SmallAgent(await HttpReceiver.StartAsync());
        await Eventually.TrueAsync(
            "every channel is up",
            () => Task.FromResult(agent._courier.Channels.All(channel => channel is { ProbedAt: not null, Problem: null })),
            Soon,
            () => string.Join("; ", agent._courier.Channels));
        return agent;
    }

    public ChannelHealth Health(string channel) => _courier.Channels.Single(health => health.Name == channel);

    /// <summary>Lets the receiver of one channel fail; empty for none.</summary>
    public void Kill(string channel)
    {
        _dead = channel;
        _smtp.DataAnswer = channel == "mail" ? "451 not now" : "250 accepted";
    }

    /// <summary>Moves the clock with the same conditions; waits for every channel that works, and for no other.</summary>
    public async Task RunAsync(TimeSpan time, params AlertCondition[] conditions)
    {
        for (var end = Now + time; Now < end;)
        {
            Book.Observe(Now, "agent", [.. conditions], []);
            await ExchangeAsync();
            _time.Advance(Tick);
        }
    }

    /// <summary>Moves the clock until nothing waits.</summary>
    public Task DrainAsync(params AlertCondition[] conditions) => Eventually.TrueAsync(
        "every message was accepted",
        async () =>
        {
            await RunAsync(Tick, conditions);
            return _courier.Channels.All(channel => channel is { Waiting: 0, Problem: null });
        },
        Soon,
        () => string.Join("; ", _courier.Channels));

    /// <summary>The messages that a channel's receiver accepted, once each by their ids, in words.</summary>
    public string[] Arrived(string channel)
    {
        if (channel == "mail")
        {
            return
            [
                .. _smtp.Messages.DistinctBy(message => MessageId().Match(message).Value)
                    .Select(message => $"{Mark().Match(message).Groups[1].Value} {Alerts().Count(message)}"),
            ];
        }

        var requests = _receiver.Requests.Where(request => request.Path.StartsWith($"/{channel}/", StringComparison.Ordinal) && request.Headers.ContainsKey("Idempotency-Key"));
        return channel switch
        {
            "pager" =>
            [
                .. requests.Select(request => $"{request.Json.GetProperty("event_action")} {request.Json.GetProperty("dedup_key")}").Distinct()
                    .CountBy(action => action.Split(' ')[0]).Select(action => $"{action.Key.ToUpperInvariant()} {action.Value}"),
            ],
            _ => [.. requests.DistinctBy(request => request.Headers["Idempotency-Key"]).Select(request => Uri.UnescapeDataString(request.Body))
                .Select(body => $"{Mark().Match(body).Groups[1].Value} {(channel is "sms" or "twilio" ? "-" : Alerts().Count(body))}")],
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _courier.Dispose();
        _channels.Dispose();
        await _receiver.DisposeAsync();
        await _smtp.DisposeAsync();
        _files.Dispose();
        _ended.Dispose();
    }

    private async Task ExchangeAsync()
    {
        Book.Settle([.. _courier.Settled.Select(outcome => outcome.Id)]);
        Book.Advance(Now);
        _courier.Offer(Book.Outbox);
        await Eventually.TrueAsync(
            "every channel that works has sent",
            () => Task.FromResult(_courier.Channels.All(channel => channel.Waiting == 0 || channel.Problem is not null)),
            Soon,
            () => string.Join("; ", _courier.Channels));
    }

    private AlertOptions Options(string url)
    {
        var secret = _files.Write("secret", "a-secret-of-24-characters");
        var options = new AlertOptions { AgentName = "quant" };
        options.Channels["mail"] = new() { Email = new() { Host = "127.0.0.1", Port = _smtp.Port, Tls = EmailTls.None, From = "a@example.org", To = { "b@example.org" } } };
        options.Channels["hook"] = new() { Webhook = new() { Url = $"{url}/hook/", SecretFile = secret } };
        options.Channels["slack"] = new() { Slack = new() { UrlFile = _files.Write("slack", $"{url}/slack/") } };
        options.Channels["telegram"] = new() { Telegram = new() { TokenFile = secret, ChatId = "-100", BaseUrl = $"{url}/telegram" } };
        options.Channels["pager"] = new() { PagerDuty = new() { RoutingKeyFile = secret, BaseUrl = $"{url}/pager" } };
        options.Channels["twilio"] = new() { Twilio = new() { AccountSid = "AC1", AuthTokenFile = secret, From = "+9", To = { "+1" }, BaseUrl = $"{url}/twilio" } };
        options.Channels["sms"] = new() { OnlyEscalation = true, Sms = new() { Url = $"{url}/sms/", To = { "+41" } } };
        options.Escalation.Add(new EscalationOptions { AfterMinutes = 15, Channels = { "sms" } });
        return options;
    }

    [GeneratedRegex(@"\[(CRITICAL|RESOLVED|ACKNOWLEDGED|CRITICAL, NOT ACKNOWLEDGED|CRITICAL, STILL FIRING)\]")]
    private static partial Regex Mark();

    [GeneratedRegex(@"(firing|resolved) critical Tripped|""name"":""Tripped""")]
    private static partial Regex Alerts();

    [GeneratedRegex("Message-Id: .*", RegexOptions.IgnoreCase)]
    private static partial Regex MessageId();
}
