namespace BtcAgent.Grains.Storage;

/// <summary>
/// One write at a time, each of the state as it is when it begins. For state that interleaving calls change; runs on one scheduler.
/// <list type="number">
/// <item>A caller returns only after a write that began after its change has ended.</item>
/// <item>Callers that come while a write runs share the next one.</item>
/// <item>A write that fails fails every caller that waits, also those whose change it did not hold.</item>
/// <item>After a failure nothing counts as written: the next caller writes all of it.</item>
/// </list>
/// </summary>
/// <param name="write">Reads the state before its first await, and writes it.</param>
/// <param name="version">
/// Grows with each change of the state: a version that has been written is not written again. Null when every call is a change.
/// </param>
internal sealed class SharedWrites(Func<Task> write, Func<long>? version = null)
{
    private Task _running = Task.CompletedTask;
    private long _calls;
    private long _written;

    public bool IsRunning => !_running.IsCompleted;

    private long Version => version?.Invoke() ?? _calls;

    /// <summary>Returns when the state as it is now has been written; throws what the write threw.</summary>
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

    /// <summary>Returns when no write is under way; a failure is for those who asked for it.</summary>
    public async Task WhenIdleAsync() =>
        await _running.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);

    private async Task WriteOnceAsync()
    {
        var began = Version;
        await write();
        _written = began;
    }
}
