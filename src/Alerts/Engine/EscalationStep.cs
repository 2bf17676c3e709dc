using System.Collections.Immutable;

namespace BtcAgent.Alerts.Engine;

/// <summary>Channels to use when an alert has fired for a time and nobody has acknowledged it.</summary>
public sealed record EscalationStep(TimeSpan After, ImmutableArray<string> Channels);
