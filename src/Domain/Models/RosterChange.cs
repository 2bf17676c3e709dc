namespace BtcAgent.Domain.Models;

/// <summary>Result of a requested change of a roster.</summary>
/// <param name="Roster">The roster after the change; unchanged when it was refused or not needed.</param>
/// <param name="Entry">The model concerned; null when the change was refused.</param>
/// <param name="Refusal">Why the change was refused, and what is possible; null when it was made.</param>
public readonly record struct RosterChange(ModelRoster Roster, ModelEntry? Entry, string? Refusal);
