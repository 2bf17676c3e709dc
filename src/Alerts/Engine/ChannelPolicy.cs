using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Engine;

/// <summary>Alerts that a channel carries.</summary>
/// <param name="Name">Name of the channel.</param>
/// <param name="From">Lowest severity; null for a channel that only steps of the escalation use.</param>
/// <param name="CarriesEnds">Whether it also carries the end of an alert.</param>
/// <param name="CarriesAcknowledgements">Whether its receiver keeps incidents, which an acknowledgement changes.</param>
public sealed record ChannelPolicy(string Name, AlertSeverity? From, bool CarriesEnds, bool CarriesAcknowledgements);
