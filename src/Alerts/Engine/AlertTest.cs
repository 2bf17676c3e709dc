using System.Collections.Immutable;

namespace BtcAgent.Alerts.Engine;

/// <summary>A test of the channels.</summary>
/// <param name="Operation">Id of the operator's command, by which a repeat is recognised.</param>
/// <param name="Messages">Ids of its messages, by channel.</param>
public sealed record AlertTest(string Operation, ImmutableSortedDictionary<string, string> Messages);
