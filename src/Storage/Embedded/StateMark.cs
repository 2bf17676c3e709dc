namespace BtcAgent.Storage.Embedded;

/// <summary>Which state, how many commits it has seen, and a sum over its rows: two marks are equal only of the same state.</summary>
/// <param name="Id">Given to the state when it was new.</param>
/// <param name="Generation">Commits so far.</param>
/// <param name="Digest">Sum of a hash of each row, so that it is renewed by what changes; it finds accidents, not forgers.</param>
public sealed record StateMark(string Id, long Generation, long Digest);
