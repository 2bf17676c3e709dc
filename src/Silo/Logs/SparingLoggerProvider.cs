using BtcAgent.Client;

namespace BtcAgent.Silo.Logs;

/// <summary>
/// Console logger that writes a repeated warning or error a few times a minute, then only a count: a failing disk or server
/// must not fill the disk with log lines. Applies to all categories, including Orleans.
/// </summary>
[ProviderAlias("Console")]
internal sealed class SparingLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private const int TextMax = 300;

    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(10);

    private readonly ILoggerProvider _inner;
    private readonly RepeatedLines _lines;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly ITimer _timer;

    public SparingLoggerProvider(ILoggerProvider inner, TimeProvider time)
    {
        _inner = inner;
        _lines = new RepeatedLines(time);
        _time = time;
        _started = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Tell(_lines.Take()), null, TellEvery, TellEvery);
    }

    /// <summary>A category that limits its own lines passes unfiltered.</summary>
    public ILogger CreateLogger(string categoryName) => categoryName == GatewayServer.AttackCategory
        ? _inner.CreateLogger(categoryName)
        : new SparingLogger(this, _inner.CreateLogger(categoryName), categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => (_inner as ISupportExternalScope)?.SetScopeProvider(scopeProvider);

    public void Dispose()
    {
        _timer.Dispose();
        Tell(_lines.Take(all: true));
        _inner.Dispose();
    }

    private void Tell(IReadOnlyList<(LineKind Kind, long Count, string Text)> repeated)
    {
        foreach (var (kind, count, text) in repeated)
        {
            var shortened = text.Length <= TextMax ? text : $"{text.AsSpan(0, TextMax)}…";
            _inner.CreateLogger(kind.Category).Log(kind.Level, kind.Event, $"repeated {count} times more within a minute: {shortened}", null, (line, _) => line);
        }
    }

    /// <summary>Passes all lines below the level of a warning.</summary>
    private sealed class SparingLogger(SparingLoggerProvider provider, ILogger inner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel < LogLevel.Warning || Passes(logLevel, eventId, state, () => formatter(state, exception)))
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
        }

        private bool Passes<TState>(LogLevel level, EventId id, TState state, Func<string> text) =>
            !StallBeforeStart.Is(category, state, provider._time.GetElapsedTime(provider._started))
            && provider._lines.Passes(new LineKind(category, id.Id, level, TemplateOf(state), SubjectOf(state)), text);

        /// <summary>Only names of which an agent has a few: each has its own burst of lines.</summary>
        private static string? SubjectOf<TState>(TState state)
        {
            if (state is not IReadOnlyList<KeyValuePair<string, object?>> values)
            {
                return null;
            }

            foreach (var (name, value) in values)
            {
                if (name is "Channel" or "Sink")
                {
                    return value as string;
                }
            }

            return null;
        }

        /// <summary>Distinguishes messages without an id by their template.</summary>
        private static string? TemplateOf<TState>(TState state)
        {
            if (state is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } values && values[^1].Key == "{OriginalFormat}")
            {
                return values[^1].Value as string;
            }

            return null;
        }
    }
}
