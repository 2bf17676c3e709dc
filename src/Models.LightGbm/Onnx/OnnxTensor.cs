using System.Runtime.InteropServices;
using BtcAgent.Models.LightGbm.Onnx.Schema;
using Google.Protobuf;

namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>
/// Writes and reads tensors; ONNX identifies their types by number. Data are little-endian, as ONNX specifies.
/// </summary>
internal static class OnnxTensor
{
    public const int Float = 1;
    public const int UInt8 = 2;
    public const int Int64 = 7;
    public const int Bool = 9;
    public const int Float16 = 10;
    public const int Double = 11;

    /// <param name="name">Name of the initializer or attribute.</param>
    /// <param name="type"><see cref="Float"/> or <see cref="Double"/>; values are rounded to nearest.</param>
    /// <param name="values">In row-major order.</param>
    /// <param name="dims">Dimensions; none for a vector.</param>
    public static TensorProto Of(string name, int type, IReadOnlyList<double> values, params long[] dims) =>
        type == Float
            ? Of(name, type, MemoryMarshal.AsBytes<float>(values.Select(v => (float)v).ToArray()), values.Count, dims)
            : Of(name, type, MemoryMarshal.AsBytes<double>(values.ToArray()), values.Count, dims);

    public static TensorProto Of(string name, IReadOnlyList<long> values) =>
        Of(name, Int64, MemoryMarshal.AsBytes<long>(values.ToArray()), values.Count);

    public static TensorProto Of(string name, IReadOnlyList<bool> values, params long[] dims) =>
        Of(name, Bool, values.Select(v => v ? (byte)1 : (byte)0).ToArray(), values.Count, dims);

    public static TensorProto Of(string name, IReadOnlyList<byte> values) =>
        Of(name, UInt8, values.ToArray(), values.Count);

    /// <summary>The numbers of a tensor of any numerical type that trees use.</summary>
    /// <exception cref="InvalidDataException">The type is not numeric, or the data is too short for the shape.</exception>
    public static double[] Read(TensorProto tensor)
    {
        var raw = tensor.HasRawData ? tensor.RawData.Span : default;
        double[] values = tensor.DataType switch
        {
            Float => tensor.HasRawData ? Cast<float>(raw, v => v) : [.. tensor.FloatData.Select(v => (double)v)],
            Double => tensor.HasRawData ? Cast<double>(raw, v => v) : [.. tensor.DoubleData],
            Float16 => tensor.HasRawData ? Cast<Half>(raw, v => (double)v)
                : [.. tensor.Int32Data.Select(v => (double)BitConverter.UInt16BitsToHalf((ushort)v))],
            UInt8 => tensor.HasRawData ? Cast<byte>(raw, v => v) : [.. tensor.Int32Data.Select(v => (double)v)],
            Int64 => tensor.HasRawData ? Cast<long>(raw, v => v) : [.. tensor.Int64Data.Select(v => (double)v)],
            _ => throw new InvalidDataException($"tensor '{tensor.Name}' has type {tensor.DataType}, not a number's"),
        };
        return tensor.Dims.Aggregate(1L, (product, dim) => product * dim) == values.Length
            ? values
            : throw new InvalidDataException($"tensor '{tensor.Name}' has {values.Length} values, not its shape's");
    }

    private static double[] Cast<T>(ReadOnlySpan<byte> raw, Func<T, double> convert)
        where T : struct => [.. MemoryMarshal.Cast<byte, T>(raw).ToArray().Select(convert)];

    private static TensorProto Of(string name, int type, ReadOnlySpan<byte> data, int count, params long[] dims)
    {
        var tensor = new TensorProto { Name = name, DataType = type, RawData = ByteString.CopyFrom(data) };
        tensor.Dims.AddRange(dims.Length == 0 ? [count] : dims);
        return tensor;
    }
}
