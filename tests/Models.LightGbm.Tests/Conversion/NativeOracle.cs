using System.Runtime.InteropServices;
using System.Text;

namespace BtcAgent.Models.LightGbm.Tests.Conversion;

/// <summary>Native LightGBM as the reference, straight over its C API: leaves and raw scores of double rows.</summary>
internal sealed class NativeOracle : IDisposable
{
    private const int DoubleType = 1;
    private const int RawScores = 1;
    private const int LeafNumbers = 2;

    private readonly IntPtr _booster;
    private readonly int _trees;
    private readonly int _outputs;
    private readonly int _features;

    public NativeOracle(string text, int trees, int outputs, int features)
    {
        (_trees, _outputs, _features) = (trees, outputs, features);
        Check(LGBM_BoosterLoadModelFromString(Encoding.UTF8.GetBytes(text + "\0"), out _, out _booster));
    }

    public void Answer(float[] rows, int count, int[] leaves, double[] raw)
    {
        var values = Array.ConvertAll(rows, x => (double)x);
        Predict(values, count, RawScores, raw);
        var numbers = new double[count * _trees];
        Predict(values, count, LeafNumbers, numbers);
        for (var i = 0; i < numbers.Length; i++)
        {
            leaves[i] = (int)numbers[i];
        }
    }

    public double[] Predictions(double[] row)
    {
        var result = new double[_outputs];
        Predict(row, 1, 0, result);
        return result;
    }

    public void Dispose() => Check(LGBM_BoosterFree(_booster));

    private void Predict(double[] rows, int count, int kind, double[] results) => Check(LGBM_BoosterPredictForMat(
        _booster, rows, DoubleType, count, _features, 1, kind, 0, -1, "num_threads=1\0"u8.ToArray(), out _, results));

    private static void Check(int status)
    {
        if (status != 0)
        {
            throw new InvalidOperationException(Marshal.PtrToStringUTF8(LGBM_GetLastError()));
        }
    }

    [DllImport("lib_lightgbm")]
    private static extern int LGBM_BoosterLoadModelFromString(byte[] text, out int iterations, out IntPtr booster);

    [DllImport("lib_lightgbm")]
    private static extern int LGBM_BoosterFree(IntPtr booster);

    [DllImport("lib_lightgbm")]
    private static extern IntPtr LGBM_GetLastError();

    [DllImport("lib_lightgbm")]
    private static extern int LGBM_BoosterPredictForMat(
        IntPtr booster, double[] data, int dataType, int rows, int columns, int isRowMajor, int kind,
        int firstIteration, int iterations, byte[] parameters, out long length, double[] results);
}
