using System.Collections.Immutable;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Engine;

/// <summary>Everything that a restart must not forget, stored as JSON.</summary>
public sealed class AlertBookState
{
    public ImmutableArray<Alert> Alerts { get; set; } = [];

    public ImmutableArray<AlertGroup> Groups { get; set; } = [];

    /// <summary>Messages that have not ended, oldest first.</summary>
    public ImmutableArray<AlertDelivery> Outbox { get; set; } = [];

    /// <summary>The last tests that had an idempotency key, newest last.</summary>
    public ImmutableArray<AlertTest> Tests { get; set; } = [];

    /// <summary>Number of the last message.</summary>
    public long Sequence { get; set; }

    /// <summary>Messages that were replaced by newer ones because too many waited.</summary>
    public long Dropped { get; set; }
}
