using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Research.Datasets;

/// <summary>SHA-256 over everything a model could learn from: names, times, prices, values, labels and weights.</summary>
public static class DatasetHash
{
    public static string Of(FeatureDataset data, LabelSet labels, float[] weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{data.Instrument.Key}\n{data.SchemaHash:x16}\n{labels.Definition}\n{string.Join(',', data.Features)}\n"));
        hash.AppendData(MemoryMarshal.AsBytes(data.Times.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(data.Prices.AsSpan()));
        Append(hash, MemoryMarshal.AsBytes(data.Values.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(labels.Known.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(labels.Outcome.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(labels.ReturnBps.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(weights.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        const int Chunk = 1 << 26;
        for (; bytes.Length > Chunk; bytes = bytes[Chunk..])
        {
            hash.AppendData(bytes[..Chunk]);
        }

        hash.AppendData(bytes);
    }
}
