using System.Text;
using BtcAgent.Contracts.Queries;

namespace BtcAgent.Client.Tests.Api;

/// <summary>A history that answers each request with its parameters, and fails on demand.</summary>
internal sealed class HistoryDouble : IHistoryReader
{
    public Exception? Failure { get; set; }

    public HistoryRequest? Last { get; private set; }

    public Task<HistoryPage> ReadAsync(HistoryRequest request, CancellationToken cancellationToken)
    {
        Last = request;
        return Failure is null
            ? Task.FromResult(new HistoryPage(Encoding.UTF8.GetBytes("""{"items":[],"next":"abc"}"""), "application/json; charset=utf-8", 0, "abc"))
            : throw Failure;
    }
}
