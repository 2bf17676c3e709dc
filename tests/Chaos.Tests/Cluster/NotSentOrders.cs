using System.Collections.Concurrent;
using System.Text.Json;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>
/// Approved orders that the agent did not send, by its log, because of a halt or a restart in between. Such an order is
/// refused, not lost; the execution does not store it.
/// </summary>
internal sealed class NotSentOrders
{
    /// <summary>Event id of "order … was approved and is not sent" of the risk grain.</summary>
    private const int EventId = 303;

    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.Ordinal);

    public bool Contains(string clientOrderId) => _ids.ContainsKey(clientOrderId);

    /// <summary>Parses one line of an agent's output.</summary>
    public void Read(string line)
    {
        if (!line.Contains("is not sent", StringComparison.Ordinal) || !line.StartsWith('{'))
        {
            return;
        }

        using var json = JsonDocument.Parse(line);
        if (json.RootElement.GetProperty("EventId").GetInt32() == EventId
            && json.RootElement.GetProperty("State") is var state && state.TryGetProperty("ClientOrderId", out var id))
        {
            _ids[id.GetString()!] = state.GetProperty("Reason").GetString()!;
        }
    }
}
