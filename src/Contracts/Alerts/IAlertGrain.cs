using System.Collections.Immutable;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Contracts.Alerts;

/// <summary>Key: <see cref="Key"/>, the only one. Holds the alerts and the messages that are due, across restarts.</summary>
[Alias("IAlertGrain")]
public interface IAlertGrain : IGrainWithStringKey
{
    const string Key = "alerts";

    /// <summary>Takes the conditions of one part of the agent.</summary>
    [Alias("Observe")]
    Task Observe(AlertReport report);

    /// <summary>Records an event without duration, such as a start.</summary>
    [Alias("Raise")]
    Task Raise(string source, AlertCondition moment);

    /// <summary>
    /// Takes the notifier's report, and returns every message that has not ended, oldest first. Called once a second by the one
    /// notifier of the agent.
    /// </summary>
    [Alias("Exchange")]
    Task<ImmutableArray<AlertDelivery>> Exchange(NotifierReport report);

    [Alias("List")]
    Task<AlertList> List();

    /// <summary>Acknowledges a firing or pending alert; returns null when there is none with this id.</summary>
    /// <param name="id">Id of the alert.</param>
    /// <param name="by">Name of the operator.</param>
    /// <param name="reason">The operator's note.</param>
    /// <param name="until">End of the acknowledgement; null until the alert is resolved.</param>
    [Alias("Acknowledge")]
    Task<Alert?> Acknowledge(string id, string by, string reason, DateTimeOffset? until);

    /// <summary>Sends a test message through each channel, once; returns the ids of the messages by channel.</summary>
    [Alias("Test")]
    Task<ImmutableSortedDictionary<string, string>> Test(string by);

    /// <summary>Returns how far the messages of a test are.</summary>
    [Alias("GetTest")]
    Task<ImmutableArray<ChannelTest>> GetTest(ImmutableSortedDictionary<string, string> messages);
}
