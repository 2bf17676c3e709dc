namespace BtcAgent.Models.LightGbm.Native;

/// <summary>Consecutive rows of a matrix.</summary>
/// <param name="First">Index of the first row.</param>
/// <param name="Count">Number of rows, 1 or more.</param>
public readonly record struct RowRange(int First, int Count);
