using System.Text;
using BtcAgent.Alerts.Channels;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain.Alerts;
using BtcAgent.Testing;
using static BtcAgent.Alerts.Tests.Channels.ChannelFiles;

namespace BtcAgent.Alerts.Tests.Channels;

/// <summary>The requests of each channel, received by an HTTP server.</summary>
public sealed class HttpChannelTests : IAsyncLifetime
{
    private const string Secret = "planted-secret-0123456789";

    private readonly ChannelFiles _files = new();
    private HttpReceiver _receiver = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _receiver = await HttpReceiver.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        _files.Dispose();
    }

    [Fact]
    public async Task Webhook_Message_IsSignedAndWhole()
    {
        using var channels = Channels();
        Assert.Equal(ChannelAnswer.Accepted, await Find(channels, "hook").SendAsync(Message(), Cancelled));
        var request = Assert.Single(_receiver.Requests);
        var timestamp = request.Headers["X-BtcAgent-Timestamp"];

        // As docs/alerts.md describes it to receivers.
        var expected = System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{timestamp}.{request.Body}"));
        Assert.Equal($"v1={Convert.ToHexStringLower(expected)}", request.Headers["X-BtcAgent-Signature"]);
        Assert.Equal("0123456789abcdef", request.Headers["Idempotency-Key"]);
        Assert.Equal("firing", request.Json.GetProperty("kind").GetString());
        var alert = request.Json.GetProperty("alerts")[0];
        Assert.Equal("critical", alert.GetProperty("severity").GetString());
        Assert.Equal("main", alert.GetProperty("labels").GetProperty("portfolio").GetString());
        Assert.Equal("docs/alerts.md#breakertripped", alert.GetProperty("runbook").GetString());
    }

    [Fact]
    public async Task Slack_Message_IsEscaped()
    {
        using var channels = Channels();
        await Find(channels, "slack").SendAsync(Message(), Cancelled);
        var request = Assert.Single(_receiver.Requests);
        Assert.Equal($"/services/{Secret}", request.Path);
        Assert.Contains("main: halted &lt;now&gt; &amp; \"quoted\"", request.Json.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Telegram_Message_GoesToTheChat()
    {
        using var channels = Channels();
        await Find(channels, "telegram").SendAsync(Message(alerts: Alert(summary: new string('x', 5_000))), Cancelled);
        var request = Assert.Single(_receiver.Requests);
        Assert.Equal($"/bot{Secret}/sendMessage", request.Path);
        Assert.Equal("-100", request.Json.GetProperty("chat_id").GetString());
        Assert.Equal(4_096, request.Json.GetProperty("text").GetString()!.Length);
    }

    [Fact]
    public async Task Twilio_SecondRecipientFails_RepeatsOnlyThatOne()
    {
        using var channels = Channels();
        var channel = Find(channels, "twilio");
        _receiver.Answer = request => (request.Body.Contains("To=%2B2", StringComparison.Ordinal) && _receiver.Requests.Count < 3 ? 503 : 201, "{}", null);
        Assert.Equal(ChannelAnswerKind.Busy, (await channel.SendAsync(Message(), Cancelled)).Kind);
        Assert.Equal(ChannelAnswer.Accepted, await channel.SendAsync(Message(), Cancelled));
        Assert.Equal(["To=%2B1", "To=%2B2", "To=%2B2"], _receiver.Requests.Select(request => request.Body.Split('&')[0]));
        Assert.All(_receiver.Requests, request => Assert.Equal("/2010-04-01/Accounts/AC1/Messages.json", request.Path));
        Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"AC1:{Secret}"))}", _receiver.Requests[0].Headers["Authorization"]);
    }

    [Fact]
    public async Task Sms_Templates_AreFilledAndEscaped()
    {
        using var channels = Channels();
        await Find(channels, "sms").SendAsync(Message(), Cancelled);
        var request = Assert.Single(_receiver.Requests);
        Assert.Equal("/send?to=%2B41", request.Path);
        Assert.Equal(Secret, request.Headers["Authorization"]);
        Assert.StartsWith("[CRITICAL] quant: BreakerTripped: main: halted <now> & \"quoted\"", request.Json.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PagerDuty_LifeOfAnAlert_IsTriggerAcknowledgeResolve()
    {
        using var channels = Channels();
        var channel = Find(channels, "pager");
        await channel.SendAsync(Message(id: "1", alerts: [Alert(), Alert(id: "a2")]), Cancelled);
        await channel.SendAsync(Message(DeliveryKind.Acknowledged, "2"), Cancelled);
        await channel.SendAsync(Message(DeliveryKind.Resolved, "3", Alert(AlertPhase.Resolved)), Cancelled);
        Assert.Equal(
            ["trigger a1", "trigger a2", "acknowledge a1", "resolve a1"],
            _receiver.Requests.Select(request => $"{request.Json.GetProperty("event_action")} {request.Json.GetProperty("dedup_key")}"));
        Assert.Equal("critical", _receiver.Requests[0].Json.GetProperty("payload").GetProperty("severity").GetString());
        Assert.All(_receiver.Requests, request => Assert.Equal("/v2/enqueue", request.Path));
    }

    [Theory]
    [InlineData(429, ChannelAnswerKind.Busy)]
    [InlineData(503, ChannelAnswerKind.Busy)]
    [InlineData(302, ChannelAnswerKind.Refused)]
    [InlineData(403, ChannelAnswerKind.Refused)]
    public async Task Send_ReceiverAnswersOtherwise_IsJudgedAndShowsNoSecret(int status, ChannelAnswerKind expected)
    {
        using var channels = Channels();
        _receiver.Answer = request => (status, $"no: {request.Path} {string.Join(' ', request.Headers.Values)} {request.Body}", 7);
        foreach (var channel in channels.All)
        {
            var answer = await channel.SendAsync(Message(), Cancelled);
            Assert.Equal(expected, answer.Kind);
            Assert.DoesNotContain(Secret, answer.Problem, StringComparison.Ordinal);
            Assert.Equal(expected == ChannelAnswerKind.Busy ? TimeSpan.FromSeconds(7) : null, answer.RetryAfter);
        }
    }

    [Fact]
    public async Task Probe_ReceiverIsUp_SendsNobodyAMessage()
    {
        using var channels = Channels();
        _receiver.Answer = request => (request.Method == "POST" && !request.Path.StartsWith("/hook", StringComparison.Ordinal) ? 400 : 200, "{}", null);
        foreach (var channel in channels.All)
        {
            Assert.Equal(ChannelAnswer.Accepted, await channel.ProbeAsync(Cancelled));
        }

        Assert.DoesNotContain(_receiver.Requests, request => request.Body.Contains("BreakerTripped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Probe_ReceiverDoesNotKnowUs_Fails()
    {
        using var channels = Channels();
        _receiver.Answer = _ => (404, "not here", null);
        foreach (var channel in channels.All.Where(channel => channel.Name != "sms"))
        {
            Assert.Equal(ChannelAnswerKind.Refused, (await channel.ProbeAsync(Cancelled)).Kind);
        }
    }

    [Fact]
    public async Task Send_SecretFileGone_NamesTheFile()
    {
        var path = _files.Write("gone", Secret);
        var options = new AlertOptions();
        options.Channels["slack"] = new AlertChannelOptions { Slack = new SlackOptions { UrlFile = path } };
        using var channels = new AlertChannels(options, TimeProvider.System);
        File.Delete(path);
        var answer = await channels.All[0].SendAsync(Message(), Cancelled);
        Assert.Equal(ChannelAnswerKind.Busy, answer.Kind);
        Assert.Contains(path, answer.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short", "needs 16")]
    [InlineData("", "needs one line")]
    public void AlertChannels_BadSecret_IsRefusedAtTheStart(string secret, string expected)
    {
        var options = new AlertOptions();
        options.Channels["hook"] = new AlertChannelOptions { Webhook = new WebhookOptions { Url = "http://127.0.0.1/", SecretFile = _files.Write("bad", secret) } };
        var refusal = Assert.Throws<AlertSettingsException>(() => new AlertChannels(options, TimeProvider.System));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Alerts:Channels:hook:Webhook:SecretFile", refusal.Message, StringComparison.Ordinal);
    }

    private AlertChannels Channels()
    {
        var url = _receiver.Url;
        var secret = _files.Write("secret", Secret);
        var options = new AlertOptions { AgentName = "quant" };
        options.Channels["hook"] = new AlertChannelOptions { Webhook = new WebhookOptions { Url = $"{url}/hook", SecretFile = secret } };
        options.Channels["slack"] = new AlertChannelOptions { Slack = new SlackOptions { UrlFile = _files.Write("slack", $"{url}/services/{Secret}") } };
        options.Channels["telegram"] = new AlertChannelOptions { Telegram = new TelegramOptions { TokenFile = secret, ChatId = "-100", BaseUrl = url } };
        options.Channels["twilio"] = new AlertChannelOptions
        {
            Twilio = new TwilioOptions { AccountSid = "AC1", AuthTokenFile = secret, From = "+9", To = { "+1", "+2" }, BaseUrl = url },
        };
        options.Channels["sms"] = new AlertChannelOptions { Sms = new SmsOptions { Url = $"{url}/send?to={{to}}", HeaderFile = secret, To = { "+41" } } };
        options.Channels["pager"] = new AlertChannelOptions { PagerDuty = new PagerDutyOptions { RoutingKeyFile = secret, BaseUrl = url } };
        return new AlertChannels(options, TimeProvider.System);
    }

    private static IAlertChannel Find(AlertChannels channels, string name) => channels.All.Single(channel => channel.Name == name);
}
