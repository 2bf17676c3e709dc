namespace BtcAgent.Models.LightGbm.Conversion;

/// <summary>The reference scores of rows, from native LightGBM or the managed evaluator.</summary>
/// <param name="rows">Row by row.</param>
/// <param name="count">Number of rows.</param>
/// <param name="leaves">Receives count × trees leaf numbers, row by row.</param>
/// <param name="raw">Receives count × outputs raw scores, row by row.</param>
public delegate void ReferenceScores(float[] rows, int count, int[] leaves, double[] raw);
