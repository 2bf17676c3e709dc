namespace BtcAgent.Grains.Storage;

/// <summary>
/// Coalesces writes of state that interleaving calls change: one write at a time, each of the state at its start. Runs on
/// one scheduler.
/// <list type="number">
/// <item>A caller returns only after the end of a write that began after its change.</item>
/// <item>Callers that arrive during a write share the next one.</item>
/// <item>A failed write fails every waiting caller, including those whose change it did not contain.</item>
/// <item>After a failure nothing counts as written: the next caller writes everything.</item>
/// </list>
/// </summary>
/// <param name="write">Reads the state before its first await, and writes it.</param>
/// <param name="version">
/// Increases with each change of the state: a version that has been written is not written again. Null when every call is a
/// change.
/// </param>
internal sealed class SharedWrites(Func<Task> write, Func<long>? version = null)
{
    private Task _running = Task.CompletedTask;
    private long _calls;
    private long _written;

    public bool IsRunning => !_running.IsCompleted;

    private long Version => version?.Invoke() ?? _calls;

    /// <summary>Completes when the current state has been written; throws the exception of the write.</summary>
    public async Task WriteAsync()
    {
        _calls++;
        var wanted = Version;
        while (_written < wanted)
        {
            if (_running.IsCompleted)
            {
                _running = WriteOnceAsync();
            }

            await _running;
        }
    }

    /// <summary>Completes when no write is in progress; does not throw the failure of a write.</summary>
    public async Task WhenIdleAsync() =>
        await _running.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);

    private async Task WriteOnceAsync()
    {
        var began = Version;
        await write();
        _written = began;
    }
}
