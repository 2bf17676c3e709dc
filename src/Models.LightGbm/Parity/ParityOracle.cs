namespace BtcAgent.Models.LightGbm.Parity;

/// <summary>What a model truly says of rows; native LightGBM, or the managed evaluator.</summary>
/// <param name="rows">Row after row.</param>
/// <param name="count">Number of rows.</param>
/// <param name="leaves">Gets count × trees leaf numbers, row after row.</param>
/// <param name="raw">Gets count × outputs raw scores, row after row.</param>
public delegate void ParityOracle(float[] rows, int count, int[] leaves, double[] raw);
