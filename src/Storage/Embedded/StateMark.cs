namespace BtcAgent.Storage.Embedded;

/// <summary>Identifies a state, its number of commits and its rows: equal marks mean equal states.</summary>
/// <param name="Id">Assigned to the state at its creation.</param>
/// <param name="Generation">Number of commits.</param>
/// <param name="Digest">
/// Sum of a hash of each row, so that changed rows suffice to update it; it detects accidents, not forgery.
/// </param>
public sealed record StateMark(string Id, long Generation, long Digest);
