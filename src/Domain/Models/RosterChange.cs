namespace BtcAgent.Domain.Models;

/// <summary>What became of a wish to change a roster.</summary>
/// <param name="Roster">After the change; the same as before when it was refused or nothing had to change.</param>
/// <param name="Entry">The model asked about; null when it was refused.</param>
/// <param name="Refusal">Why not, and what would be possible; null when it was done.</param>
public readonly record struct RosterChange(ModelRoster Roster, ModelEntry? Entry, string? Refusal);
