using BtcAgent.Alerts.Channels;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain.Alerts;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Alerts.Delivery;

/// <summary>Pings a dead man's receiver while the rules are evaluated.</summary>
internal sealed partial class WatchdogPing(WatchdogOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly ChannelHttp _http = new();
    private readonly SecretFile _url = new($"{AlertOptions.Section}:Watchdog:UrlFile", options.UrlFile);
    private WatchdogHealth _health = new(options.UrlFile.Length > 0, null, null);

    public WatchdogHealth Health => Volatile.Read(ref _health);

    /// <summary>Pings at each interval until cancelled.</summary>
    /// <param name="isEvaluated">Whether the rules were evaluated lately.</param>
    /// <param name="cancellationToken">Ends the pings.</param>
    public async Task RunAsync(Func<bool> isEvaluated, CancellationToken cancellationToken)
    {
        if (!Health.IsConfigured)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.IntervalSeconds), time);
        do
        {
            if (isEvaluated())
            {
                Note(await PingAsync(cancellationToken));
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    public void Dispose() => _http.Dispose();

    private async Task<ChannelAnswer> PingAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await _http.SendAsync(Request, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ChannelAnswer.Busy($"no answer within {options.TimeoutSeconds} s");
        }
    }

    private ChannelRequest Request()
    {
        var url = _url.Read();
        string[] secrets = [url, new Uri(url).PathAndQuery];
        return options.Method == WatchdogMethod.Get
            ? ChannelRequest.Get(url, secrets)
            : ChannelRequest.Post(url, "", "text/plain", null, secrets);
    }

    private void Note(ChannelAnswer answer)
    {
        var before = Health;
        var lastAt = answer.Problem is null ? time.GetUtcNow() : before.LastPingAt;
        Volatile.Write(ref _health, before with { LastPingAt = lastAt, Problem = answer.Problem });
        if (answer.Problem is { } problem && before.Problem is null)
        {
            LogFailed(logger, problem);
        }
    }

    [LoggerMessage(EventId = 1203, Level = LogLevel.Warning, Message = "The dead man's receiver does not take pings: {Problem}")]
    private static partial void LogFailed(ILogger logger, string problem);
}
