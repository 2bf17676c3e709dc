using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.History.Metrics;

/// <summary>
/// Writes the agent's metrics to InfluxDB once per interval. Points wait in a bounded buffer while the server is away; nothing waits for
/// the server.
/// </summary>
internal sealed partial class InfluxExport : BackgroundService
{
    /// <summary>Time to write the last points at the end.</summary>
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    /// <summary>A server's wish for a longer pause is cut: it may be a wrong clock.</summary>
    private static readonly TimeSpan WishMax = TimeSpan.FromHours(1);

    private static readonly Meter Meter = new("BtcAgent");

    private static readonly Counter<long> Written =
        Meter.CreateCounter<long>("influx.points.written", description: "Points that InfluxDB has stored");

    private static readonly Counter<long> Dropped =
        Meter.CreateCounter<long>("influx.points.dropped", description: "Points that were not stored: the buffer was full, or the server refused them");

    private readonly InfluxOptions _options;
    private readonly InfluxWriter _writer;
    private readonly TimeProvider _time;
    private readonly ILogger<InfluxExport> _logger;
    private readonly InfluxBuffer _buffer;
    private int _batchMax;
    private TimeSpan _pause = FirstPause;
    private DateTimeOffset _notBefore;
    private string? _problem;
    private bool _hasReportedUnusable;

    public InfluxExport(IOptions<InfluxOptions> options, InfluxWriter writer, TimeProvider time, ILogger<InfluxExport> logger)
    {
        (_options, _writer, _time, _logger) = (options.Value, writer, time, logger);
        _buffer = new InfluxBuffer(_options.WaitingMax);
        _batchMax = _options.BatchMax;
    }

    /// <summary>Points that wait for the server.</summary>
    internal int Waiting => _buffer.Count;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var meters = new MeterReader(_options.Node);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(_options.IntervalSeconds), _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Take(meters.Read(Timestamp.FromDateTimeOffset(_time.GetUtcNow())));
                await SendAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            using var limit = new CancellationTokenSource(EndWithin, _time);
            Take(meters.Read(Timestamp.FromDateTimeOffset(_time.GetUtcNow())));
            try
            {
                await SendAsync(limit.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                LogNotSent(_logger, _buffer.Count);
            }
        }
    }

    /// <summary>Takes the points of an interval.</summary>
    internal void Take(IEnumerable<string> lines)
    {
        if (_buffer.Add(lines) is > 0 and var dropped)
        {
            Dropped.Add(dropped);
        }
    }

    /// <summary>Sends what waits, unless a pause is due; ends at the first batch that the server does not take.</summary>
    internal async Task SendAsync(CancellationToken cancellationToken)
    {
        while (_buffer.Count > 0 && _time.GetUtcNow() >= _notBefore)
        {
            var batch = _buffer.Peek(_batchMax);
            var outcome = await _writer.WriteAsync(batch, cancellationToken);
            switch (outcome.Kind)
            {
                case InfluxOutcomeKind.Stored:
                    _buffer.Remove(batch.Count);
                    Written.Add(batch.Count);
                    Works();
                    break;
                case InfluxOutcomeKind.Unusable:
                    _buffer.Remove(batch.Count);
                    Dropped.Add(batch.Count);
                    Works();
                    ReportUnusable(outcome.Problem!);
                    break;
                case InfluxOutcomeKind.TooLarge when batch.Count > 1:
                    _batchMax = Math.Max(1, batch.Count / 2);
                    break;
                case InfluxOutcomeKind.TooLarge:
                    _buffer.Remove(1);
                    Dropped.Add(1);
                    ReportUnusable(outcome.Problem!);
                    break;
                default:
                    Pause(outcome);
                    return;
            }
        }
    }

    private void Pause(InfluxOutcome outcome)
    {
        var own = outcome.Kind == InfluxOutcomeKind.Refused ? LongestPause : _pause;
        var wish = outcome.RetryAfter ?? TimeSpan.Zero;
        _notBefore = _time.GetUtcNow() + (wish > own ? (wish < WishMax ? wish : WishMax) : own);
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        if (_problem != outcome.Problem)
        {
            _problem = outcome.Problem;
            LogFailed(_logger, outcome.Problem!);
        }
    }

    private void Works()
    {
        _pause = FirstPause;
        if (_problem is not null)
        {
            _problem = null;
            LogWorksAgain(_logger, _options.Url);
        }
    }

    private void ReportUnusable(string problem)
    {
        if (!_hasReportedUnusable)
        {
            _hasReportedUnusable = true;
            LogUnusable(_logger, problem);
        }
    }

    [LoggerMessage(EventId = 1120, Level = LogLevel.Warning, Message = "Metrics are kept and sent later: {Problem}")]
    private static partial void LogFailed(ILogger logger, string problem);

    [LoggerMessage(EventId = 1121, Level = LogLevel.Information, Message = "InfluxDB at {Url} takes metrics again")]
    private static partial void LogWorksAgain(ILogger logger, string url);

    [LoggerMessage(EventId = 1122, Level = LogLevel.Error, Message = "Metrics are lost: {Problem}; further ones are only counted (influx.points.dropped)")]
    private static partial void LogUnusable(ILogger logger, string problem);

    [LoggerMessage(EventId = 1123, Level = LogLevel.Warning, Message = "{Points} points of metrics were not sent before the end")]
    private static partial void LogNotSent(ILogger logger, int points);
}
