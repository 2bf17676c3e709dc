using System.Collections.Immutable;

namespace BtcAgent.Alerts.Engine;

/// <summary>Alerts that share a message.</summary>
/// <param name="Key">Name of the rule, and values of the labels that divide it.</param>
/// <param name="NextAt">When it is looked at again.</param>
/// <param name="Notices">The last message on each channel.</param>
public sealed record AlertGroup(string Key, DateTimeOffset NextAt, ImmutableArray<GroupNotice> Notices);
