using Microsoft.Extensions.Logging;

namespace BtcAgent.Testing;

/// <summary>Keeps what is logged.</summary>
public sealed class RecordedLog<T> : ILogger<T>
{
    private readonly List<(LogLevel Level, int Event, string Text)> entries = [];

    public IReadOnlyList<(LogLevel Level, int Event, string Text)> Entries
    {
        get
        {
            lock (entries)
            {
                return [.. entries];
            }
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (entries)
        {
            entries.Add((logLevel, eventId.Id, formatter(state, exception)));
        }
    }
}
