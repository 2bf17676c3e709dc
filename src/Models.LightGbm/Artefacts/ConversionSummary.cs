namespace BtcAgent.Models.LightGbm.Artefacts;

/// <summary>Result of the conversion check between native LightGBM and ONNX.</summary>
/// <param name="Rows">Compared rows, including thresholds ± 1 ulp, NaN and infinities.</param>
/// <param name="BranchDifferences">Rows in which a tree reached another leaf; a model with one is refused.</param>
/// <param name="MaxRelativeDifference">Largest relative difference of the raw scores.</param>
public sealed record ConversionSummary(int Rows, int BranchDifferences, double MaxRelativeDifference);
