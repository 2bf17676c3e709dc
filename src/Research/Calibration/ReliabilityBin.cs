namespace BtcAgent.Research.Calibration;

/// <summary>Rows of like predicted probability.</summary>
/// <param name="MeanPredicted">Mean probability that was predicted.</param>
/// <param name="Observed">Share of rows that came true.</param>
/// <param name="Count">Rows.</param>
public readonly record struct ReliabilityBin(double MeanPredicted, double Observed, int Count);
