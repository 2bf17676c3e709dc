namespace BtcAgent.Models.LightGbm.Artefacts;

/// <summary>Maps a calibrated probability p to a target position. Confidence is |2p − 1|.</summary>
/// <param name="EntryConfidence">Smallest confidence to open a position, 0…1; a value above 1 opens none.</param>
/// <param name="ExitConfidence">Confidence below which a position is closed, 0…<paramref name="EntryConfidence"/>.</param>
/// <param name="MeanMoveBps">Mean |return| of the label in training, in basis points; times confidence, the expected
/// move.</param>
/// <param name="OutOfRangeMax">Number of used features that may lie outside their training range, 0 or more.</param>
public sealed record TradingPolicy(double EntryConfidence, double ExitConfidence, double MeanMoveBps, int OutOfRangeMax);
