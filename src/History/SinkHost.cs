using BtcAgent.Contracts.Facts;
using BtcAgent.History.Files;
using BtcAgent.History.Log;
using BtcAgent.History.Log.Local;
using BtcAgent.History.Sinks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.History;

/// <summary>Runs the sinks beside trading, each at its own pace.</summary>
public sealed class SinkHost : BackgroundService, IHistory
{
    private readonly LocalFactLog? _local;
    private readonly List<IFactLog> _logs = [];
    private readonly List<SinkRunner> _runners = [];
    private readonly ParquetSink? _files;

    public SinkHost(
        Func<IFactLog> openLog,
        IEnumerable<IFactSink> sinks,
        IOptions<SinkOptions> options,
        IServiceProvider services,
        TimeProvider time,
        ILogger<SinkRunner> logger)
    {
        _local = services.GetService<LocalFactLog>();
        foreach (var sink in sinks)
        {
            _files = sink as ParquetSink ?? _files;
            var log = openLog();
            _logs.Add(log);
            _runners.Add(new SinkRunner(log, sink, options.Value, time, logger));
        }
    }

    public TimeSpan Lag => TimeSpan.FromSeconds(_runners.Select(runner => runner.Status.LagSeconds).DefaultIfEmpty().Max());

    public HistoryStatus Status => new(LogStatus(), [.. _runners.Select(runner => runner.Status)], _files?.Datasets ?? []);

    /// <summary>Completes when every sink has taken all facts published before the call, or has a problem.</summary>
    public async Task WhenTakenAsync(CancellationToken cancellationToken)
    {
        if (_local is not null)
        {
            await _local.WhenWrittenAsync(cancellationToken);
        }

        await Task.WhenAll(_runners.Select(runner => runner.WhenCaughtUpAsync(cancellationToken)));
    }

    public override void Dispose()
    {
        foreach (var log in _logs.OfType<IDisposable>())
        {
            log.Dispose();
        }

        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_runners.Select(runner => Task.Run(() => runner.RunAsync(stoppingToken), CancellationToken.None)));

    private FactLogStatus? LogStatus() => _local is null ? null : new FactLogStatus(
        Mib(_local.Bytes),
        Mib(_local.TrimmedBytes),
        _local.Dropped,
        Math.Round(_local.Lag.TotalSeconds, 3),
        _local.Limits,
        _local.Problem);

    private static double Mib(long bytes) => Math.Round(bytes / 1_048_576.0, 1);
}
