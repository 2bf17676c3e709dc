namespace BtcAgent.Models.LightGbm.Artefacts;

/// <summary>What the parity gate found between native LightGBM and ONNX.</summary>
/// <param name="Rows">Compared, thresholds ± 1 ulp, NaN and infinities among them.</param>
/// <param name="BranchDifferences">Rows in which any tree took another leaf; a model with one is refused.</param>
/// <param name="MaxRelativeDifference">Of the raw scores.</param>
public sealed record ParitySummary(int Rows, int BranchDifferences, double MaxRelativeDifference);
