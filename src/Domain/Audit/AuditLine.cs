using System.Collections.Immutable;

namespace BtcAgent.Domain.Audit;

/// <summary>An entry as it is stored: one line of JSON, without its line break.</summary>
/// <param name="Day">The day it belongs to.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Text">Its bytes.</param>
public sealed record AuditLine(string Day, AuditEntry Entry, ImmutableArray<byte> Text);
