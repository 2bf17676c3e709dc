namespace BtcAgent.Models.LightGbm.Artefacts;

/// <summary>How a calibrated probability becomes a wanted position. Confidence is |2p − 1|.</summary>
/// <param name="EntryConfidence">Least confidence to take a position, 0…1; above 1 takes none.</param>
/// <param name="ExitConfidence">A position is left when confidence falls below this; 0…<paramref name="EntryConfidence"/>.</param>
/// <param name="MeanMoveBps">Mean |return| of the label in training, in basis points: times confidence, the expected move.</param>
/// <param name="OutOfRangeMax">Used features that may lie outside their training range, 0 or more.</param>
public sealed record TradingPolicy(double EntryConfidence, double ExitConfidence, double MeanMoveBps, int OutOfRangeMax);
