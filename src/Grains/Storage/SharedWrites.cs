namespace BtcAgent.Grains.Storage;

/// <summary>
/// One write at a time, each of the state as it is when it begins; callers that come meanwhile share the next one. For state that
/// interleaving calls change.
/// </summary>
internal sealed class SharedWrites(Func<Task> write)
{
    private Task _running = Task.CompletedTask;
    private long _wanted;
    private long _written;

    /// <summary>Returns when a write that began after this call has ended; throws what it threw.</summary>
    public async Task WriteAsync()
    {
        var wanted = ++_wanted;
        while (_written < wanted)
        {
            if (_running.IsCompleted)
            {
                _running = WriteOnceAsync();
            }

            await _running;
        }
    }

    private async Task WriteOnceAsync()
    {
        var version = _wanted;
        await write();
        _written = version;
    }
}
