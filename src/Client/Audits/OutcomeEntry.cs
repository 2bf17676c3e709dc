using Microsoft.AspNetCore.Http;

namespace BtcAgent.Client.Audits;

/// <summary>The entry with a command's outcome, written once: before the answer is sent, or earlier, before the answer is kept for repeats.</summary>
internal sealed class OutcomeEntry(Func<Task> write)
{
    private bool _isWritten;

    /// <summary>Writes the entry of a request; does nothing for one that has none.</summary>
    public static Task WriteAsync(HttpContext context) => context.Features.Get<OutcomeEntry>()?.WriteAsync() ?? Task.CompletedTask;

    public Task WriteAsync()
    {
        if (_isWritten)
        {
            return Task.CompletedTask;
        }

        _isWritten = true;
        return write();
    }
}
