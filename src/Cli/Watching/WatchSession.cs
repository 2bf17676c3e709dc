using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Watching;

/// <summary>
/// Keeps the screen up to date until the operator leaves. An agent that does not answer stays on the screen with its last figures,
/// marked as old, and is called again. While the agent's events come, an update is read when something has changed; without them, at each interval.
/// </summary>
/// <param name="source">Reads the updates.</param>
/// <param name="events">The agent's events.</param>
/// <param name="terminal">Shows them.</param>
/// <param name="agent">Address of the agent.</param>
/// <param name="interval">Time between two updates.</param>
/// <param name="time">This machine's clock.</param>
internal sealed class WatchSession(WatchSource source, WatchEvents events, LiveTerminal terminal, string agent, TimeSpan interval, TimeProvider time)
{
    /// <summary>How often keys and the terminal's size are looked at.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>The clock and the ages on the screen move at least this often.</summary>
    private static readonly TimeSpan DrawEvery = TimeSpan.FromSeconds(1);

    /// <summary>Figures without an event, such as ages and latencies, are read at least this often.</summary>
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(10);

    /// <summary>Figures whose answer takes longer are marked as old.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(2);

    private Task<WatchUpdate>? _reading;
    private WatchUpdate? _update;
    private string? _failure;
    private int _answers;

    /// <param name="count">Ends after this many updates.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="AgentException">The key is not allowed to read; calling again would count as an attack.</exception>
    public async Task RunAsync(int count, CancellationToken cancellationToken)
    {
        var (read, drawn, size) = (DateTimeOffset.MinValue, DateTimeOffset.MinValue, (0, 0));
        while (_answers < count && !WantsToLeave())
        {
            var now = time.GetUtcNow();
            if (_reading is null && now - read >= interval && (events.Problem is not null || _failure is not null || now - read >= ReadEvery || events.TakeChange()))
            {
                _reading = source.ReadAsync(cancellationToken);
                read = now;
            }

            var isNew = await TakeAsync() | events.TakeQuotes();
            var seen = (Console.WindowWidth, Console.WindowHeight);
            if (isNew || seen != size || now - drawn >= DrawEvery)
            {
                (size, drawn) = (seen, now);
                var shown = _update is { } update ? events.Apply(update, now) : null;
                terminal.Show(WatchScreen.Draw(shown, agent, Failure(now, read), now, size.Item1, size.Item2, events.Problem), size.Item1, size.Item2);
            }

            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }

    /// <summary>The last failure, or that an answer is overdue, long before it counts as failed.</summary>
    private string? Failure(DateTimeOffset now, DateTimeOffset read) =>
        _failure ?? (_update is not null && _reading is not null && now - read > Overdue ? "waiting" : null);

    /// <summary>Returns true when an answer or a failure has arrived.</summary>
    private async Task<bool> TakeAsync()
    {
        if (_reading is not { IsCompleted: true } read)
        {
            return false;
        }

        _reading = null;
        try
        {
            (_update, _failure) = (await read, null);
            _answers++;
        }
        catch (AgentException e) when (e.ExitCode != ExitCodes.NotAllowed)
        {
            _failure = e.Message;
        }

        return true;
    }

    private static bool WantsToLeave()
    {
        while (!Console.IsInputRedirected && Console.KeyAvailable)
        {
            if (Console.ReadKey(intercept: true).Key is ConsoleKey.Q or ConsoleKey.Escape)
            {
                return true;
            }
        }

        return false;
    }
}
