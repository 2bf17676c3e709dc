using System.Runtime.InteropServices;
using System.Text;

namespace BtcAgent.Models.LightGbm.Native;

/// <summary>
/// Rows binned for training. Reads the matrix in place and does not keep it: about one byte per value remains.
/// </summary>
public sealed unsafe class TrainingTable : IDisposable
{
    /// <param name="values">Row-major matrix of all rows; NaN is a missing value.</param>
    /// <param name="names">One per column.</param>
    /// <param name="ranges">Rows of the matrix to use, in order.</param>
    /// <param name="labels">One per used row.</param>
    /// <param name="weights">One per used row, 0 or more; null weighs all rows equally.</param>
    /// <param name="parameters">Parameters of the binning.</param>
    /// <param name="reference">Table whose bins to use: for a validation table, its training table.</param>
    /// <exception cref="ArgumentException">Lengths do not match, a label is not a number, or a weight is
    /// negative.</exception>
    /// <exception cref="LightGbmException">LightGBM refused.</exception>
    public TrainingTable(
        float[] values,
        IReadOnlyList<string> names,
        IReadOnlyList<RowRange> ranges,
        float[] labels,
        float[]? weights,
        TrainingOptions parameters,
        TrainingTable? reference = null)
    {
        parameters.Check();
        LightGbmLibrary.EnsureLoaded();
        Rows = Check(values, names, ranges, labels, weights);
        Features = names;
        fixed (float* matrix = values)
        {
            Handle = Create(matrix, names.Count, ranges, parameters, reference);
        }

        Set("label", labels);
        if (weights is not null)
        {
            Set("weight", weights);
        }

        SetNames(names);
    }

    public int Rows { get; }

    public IReadOnlyList<string> Features { get; }

    internal DatasetHandle Handle { get; }

    public void Dispose() => Handle.Dispose();

    private static int Check(
        float[] values, IReadOnlyList<string> names, IReadOnlyList<RowRange> ranges, float[] labels, float[]? weights)
    {
        if (names.Count == 0 || values.Length % names.Count != 0)
        {
            throw new ArgumentException($"{values.Length} values are not complete rows of {names.Count} features");
        }

        var rows = values.Length / names.Count;
        if (ranges.FirstOrDefault(r => r.First < 0 || r.Count < 1 || r.First > rows - r.Count) is { Count: not 0 } outside)
        {
            throw new ArgumentException($"rows {outside.First}…{outside.First + outside.Count - 1} are not in a matrix of {rows} rows");
        }

        var taken = ranges.Sum(r => r.Count);
        if (taken == 0 || labels.Length != taken || (weights is not null && weights.Length != taken))
        {
            throw new ArgumentException($"{taken} rows, {labels.Length} labels and {weights?.Length ?? taken} weights do not match");
        }

        if (Array.FindIndex(labels, l => !float.IsFinite(l)) is >= 0 and var bad)
        {
            throw new ArgumentException($"label of row {bad} is {labels[bad]}: leave such rows out");
        }

        return Array.FindIndex(weights ?? [], w => !(w >= 0 && float.IsFinite(w))) is >= 0 and var wrong
            ? throw new ArgumentException($"weight of row {wrong} is {weights![wrong]}: weights are 0 or more")
            : taken;
    }

    private static DatasetHandle Create(
        float* matrix, int columns, IReadOnlyList<RowRange> ranges, TrainingOptions parameters, TrainingTable? reference)
    {
        var parts = new nint[ranges.Count];
        var rows = new int[ranges.Count];
        var rowMajor = new int[ranges.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = (nint)(matrix + ((long)ranges[i].First * columns));
            rows[i] = ranges[i].Count;
            rowMajor[i] = LightGbmApi.RowMajor;
        }

        fixed (nint* part = parts)
        fixed (int* count = rows, layout = rowMajor)
        {
            LightGbmApi.Check(LightGbmApi.DatasetCreateFromMats(
                parts.Length, (void**)part, LightGbmApi.Float32, count, columns, layout, parameters.ToText(),
                reference?.Handle.DangerousGetHandle() ?? nint.Zero, out var dataset));
            GC.KeepAlive(reference);
            return new DatasetHandle(dataset);
        }
    }

    private void Set(string field, float[] data)
    {
        fixed (float* values = data)
        {
            LightGbmApi.Check(LightGbmApi.DatasetSetField(Handle, field, values, data.Length, LightGbmApi.Float32));
        }
    }

    private void SetNames(IReadOnlyList<string> names)
    {
        var pinned = names.Select(n => GCHandle.Alloc(Encoding.UTF8.GetBytes(n + '\0'), GCHandleType.Pinned)).ToArray();
        try
        {
            var pointers = pinned.Select(h => h.AddrOfPinnedObject()).ToArray();
            fixed (nint* name = pointers)
            {
                LightGbmApi.Check(LightGbmApi.DatasetSetFeatureNames(Handle, (byte**)name, pointers.Length));
            }
        }
        finally
        {
            foreach (var handle in pinned)
            {
                handle.Free();
            }
        }
    }
}
