using BtcAgent.Contracts.Facts;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Journals;

/// <summary>Stores the cluster's decisions in the journal, on the silo that holds the lease.</summary>
internal sealed class JournalFollower(
    Func<IFactLog> openLog, PostgresJournal journal, IOptions<SinkOptions> options, TimeProvider time, ILoggerFactory loggers) : IHistory
{
    private volatile SinkRunner? _runner;

    /// <summary>Zero on a silo without the lease.</summary>
    public TimeSpan Lag => TimeSpan.FromSeconds(_runner?.Status.LagSeconds ?? 0);

    public HistoryStatus Status => new(null, _runner is { } runner ? [runner.Status] : [], []);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var log = openLog();
        try
        {
            await using var sink = new JournalSink(journal, tail: null, loggers.CreateLogger<JournalSink>());
            _runner = new SinkRunner(log, sink, options.Value, time, loggers.CreateLogger<SinkRunner>());
            await _runner.RunAsync(cancellationToken);
        }
        finally
        {
            _runner = null;
            (log as IDisposable)?.Dispose();
        }
    }
}
