using System.Collections.Concurrent;
using BtcAgent.Alerts.Channels;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Tests.Delivery;

/// <summary>A channel that answers as a test says.</summary>
internal sealed class ScriptedChannel(string name) : IAlertChannel
{
    private readonly ConcurrentQueue<string> _attempts = new();

    public string Name => name;

    public string Kind => "scripted";

    /// <summary>Ids of the messages in order of the attempts.</summary>
    public IReadOnlyList<string> Attempts => [.. _attempts];

    public int Probes { get; private set; }

    public Func<AlertDelivery, CancellationToken, Task<ChannelAnswer>> Answer { get; set; } = (_, _) => Task.FromResult(ChannelAnswer.Accepted);

    public ChannelAnswer ProbeAnswer { get; set; } = ChannelAnswer.Accepted;

    public Task<ChannelAnswer> SendAsync(AlertDelivery delivery, CancellationToken cancellationToken)
    {
        _attempts.Enqueue(delivery.Id);
        return Answer(delivery, cancellationToken);
    }

    public Task<ChannelAnswer> ProbeAsync(CancellationToken cancellationToken)
    {
        Probes++;
        return Task.FromResult(ProbeAnswer);
    }
}
