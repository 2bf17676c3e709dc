using BtcAgent.Alerts.Delivery;
using BtcAgent.Alerts.Settings;
using BtcAgent.Alerts.Tests.Channels;
using BtcAgent.Testing;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Alerts.Tests.Delivery;

public sealed class WatchdogPingTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new(ChannelFiles.At);
    private readonly ChannelFiles _files = new();
    private readonly RecordedLog<AlertCourier> _log = new();
    private readonly CancellationTokenSource _ended = new();
    private HttpReceiver _receiver = null!;
    private AlertCourier _courier = null!;
    private Task _running = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await HttpReceiver.StartAsync();
        var options = new AlertOptions();
        options.Watchdog.UrlFile = _files.Write("url", $"{_receiver.Url}/ping/planted-secret");
        _courier = new AlertCourier([], options, _time, _log);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _courier.Dispose();
        await _receiver.DisposeAsync();
        _files.Dispose();
        _ended.Dispose();
    }

    [Fact]
    public async Task Run_RulesAreEvaluated_PingsEachMinuteAndStopsWithThem()
    {
        Start();
        await PingedAsync(1);
        for (var minute = 2; minute <= 4; minute++)
        {
            _courier.Beat();
            _time.Advance(TimeSpan.FromMinutes(1));
            await PingedAsync(minute);
        }

        Assert.All(_receiver.Requests, request => Assert.Equal("GET /ping/planted-secret", $"{request.Method} {request.Path}"));
        Assert.Equal(_time.GetUtcNow(), _courier.Watchdog.LastPingAt);

        // Two minutes without an evaluation: the agent looks dead, and so it must to the receiver.
        _time.Advance(TimeSpan.FromMinutes(1));
        _time.Advance(TimeSpan.FromMinutes(1));
        _courier.Beat();
        _time.Advance(TimeSpan.FromMinutes(1));
        await PingedAsync(5);
        Assert.Equal(5, _receiver.Requests.Count);
    }

    [Fact]
    public async Task Run_ReceiverRefuses_IsShownWithoutTheAddress()
    {
        _receiver.Answer = request => (404, $"nothing at {request.Path}", null);
        Start();
        await Eventually.TrueAsync("the refusal is known", () => Task.FromResult(_courier.Watchdog.Problem is not null), Soon);
        Assert.Contains("404", _courier.Watchdog.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("planted-secret", _courier.Watchdog.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(_log.Entries, entry => entry.Text.Contains("planted-secret", StringComparison.Ordinal));
    }

    private void Start()
    {
        _courier.Beat();
        _running = _courier.RunAsync(_ended.Token);
    }

    private Task PingedAsync(int count) => Eventually.TrueAsync(
        $"{count} pings are noted", () => Task.FromResult(_receiver.Requests.Count == count && _courier.Watchdog.LastPingAt == _time.GetUtcNow()), Soon);
}
