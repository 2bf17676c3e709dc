namespace BtcAgent.Research.Calibration;

/// <summary>Rows whose predicted probability lies in one interval.</summary>
/// <param name="From">Lower end, included.</param>
/// <param name="To">Upper end, left out but for 1.</param>
/// <param name="Count">Rows.</param>
/// <param name="Predicted">Mean predicted probability; NaN without rows.</param>
/// <param name="Observed">Share of rows in which the event happened; NaN without rows.</param>
public sealed record ReliabilityBin(double From, double To, int Count, double Predicted, double Observed);
