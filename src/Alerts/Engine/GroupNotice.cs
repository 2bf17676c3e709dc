using System.Collections.Immutable;

namespace BtcAgent.Alerts.Engine;

/// <summary>The last message about a group on one channel.</summary>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Firing">The alerts that it was notified of and whose end it was not.</param>
/// <param name="SentAt">When the last message was made.</param>
public sealed record GroupNotice(string Channel, ImmutableArray<NotifiedAlert> Firing, DateTimeOffset SentAt);
