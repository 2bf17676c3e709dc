using System.Text;
using BtcAgent.Contracts.Queries;

namespace BtcAgent.Client.Tests.Api;

/// <summary>A history that answers each request with its parameters, and fails on demand.</summary>
internal sealed class HistoryDouble : IHistoryReader
{
    public Exception? Failure { get; set; }

    public HistoryRequest? Last { get; private set; }

    /// <summary>While true, a read lasts until it is cancelled.</summary>
    public bool IsSlow { get; set; }

    /// <summary>Completes when a slow read has been cancelled.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<HistoryPage> ReadAsync(HistoryRequest request, CancellationToken cancellationToken)
    {
        Last = request;
        if (IsSlow)
        {
            await using var registration = cancellationToken.Register(() => Cancelled.TrySetResult());
            await Cancelled.Task;
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Failure is null
            ? new HistoryPage(Encoding.UTF8.GetBytes("""{"items":[],"next":"abc"}"""), "application/json; charset=utf-8", 0, "abc")
            : throw Failure;
    }
}
