namespace BtcAgent.Alerts.Engine;

/// <summary>An alert that a channel was notified of.</summary>
/// <param name="Id">Id of the alert.</param>
/// <param name="Since">When it began to fire: the same alert may fire again later.</param>
public sealed record NotifiedAlert(string Id, DateTimeOffset Since);
