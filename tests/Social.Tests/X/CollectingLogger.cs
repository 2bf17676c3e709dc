using System.Collections.Concurrent;
using BtcAgent.Social.X;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Social.Tests.X;

/// <summary>Keeps all that is logged, with exceptions.</summary>
internal sealed class CollectingLogger : ILogger<XSource>
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{formatter(state, exception)} {exception}");
}
