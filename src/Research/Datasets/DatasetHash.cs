using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Research.Datasets;

/// <summary>SHA-256 of a dataset's contents, in lower-case hexadecimal digits; the same on every machine.</summary>
public static class DatasetHash
{
    public static string Of(StoredDataset dataset)
    {
        var (rows, labels) = (dataset.Rows, dataset.Labels);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{rows.Instrument}\n{rows.SchemaHash:x16}\n{string.Join(',', rows.Features)}\n{rows.Rows}\n{labels.Definition}\n{labels.HorizonNs}\n");
        hash.AppendData(Encoding.UTF8.GetBytes(head));
        Append<Timestamp>(hash, rows.Times);
        Append<double>(hash, rows.Prices);
        Append<float>(hash, rows.Values);
        Append<bool>(hash, labels.Known);
        Append<sbyte>(hash, labels.Outcome);
        Append<float>(hash, labels.ReturnBps);
        Append<Timestamp>(hash, labels.EndTimes);
        Append<double>(hash, dataset.Weights);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append<T>(IncrementalHash hash, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        // All supported processors are little-endian: bytes in memory are the file's bytes.
        const int Chunk = 1 << 20;
        for (var from = 0; from < values.Length; from += Chunk)
        {
            hash.AppendData(MemoryMarshal.AsBytes(values.Slice(from, Math.Min(Chunk, values.Length - from))));
        }
    }
}
