using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Silo.Tests.Cluster.Tls;

/// <summary>Records the log lines of cluster TLS, and lets tests wait for a matching one.</summary>
internal sealed class RecordedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly SemaphoreSlim _added = new(0);

    public IReadOnlyList<string> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => this;

    /// <summary>Returns the first line that contains both texts, now or within ten seconds.</summary>
    public async Task<string> WaitForAsync(string part, string otherPart)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            var line = _lines.FirstOrDefault(l => l.Contains(part) && l.Contains(otherPart));
            if (line is not null)
            {
                return line;
            }

            try
            {
                await _added.WaitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"no line with '{part}' and '{otherPart}' in:\n{string.Join('\n', _lines)}");
            }
        }
    }

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        var line = formatter(state, exception);
        if (line.StartsWith("cluster TLS", StringComparison.Ordinal))
        {
            _lines.Enqueue(line);
            _added.Release();
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
    }
}
