namespace BtcAgent.Research.Calibration;

/// <summary>The rows whose predicted probability is in one interval.</summary>
/// <param name="From">Lower bound, inclusive.</param>
/// <param name="To">Upper bound, exclusive except for 1.</param>
/// <param name="Count">Number of rows.</param>
/// <param name="Predicted">Mean predicted probability; NaN without rows.</param>
/// <param name="Observed">Fraction of rows in which the event happened; NaN without rows.</param>
public sealed record ReliabilityBin(double From, double To, int Count, double Predicted, double Observed);
