using System.Security.Cryptography;
using BtcAgent.Models.LightGbm.Onnx.Schema;
using Google.Protobuf;

namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>
/// Seals an ONNX file with a hash of its bytes, as its last metadata entry: without it ONNX Runtime would score a file with
/// a flipped bit in a weight and report nothing.
/// </summary>
internal static class OnnxSeal
{
    private static readonly int Length = Entry(new byte[32]).Length;

    /// <param name="model">Must not be sealed yet; metadata is the last field that it writes.</param>
    public static byte[] Close(ModelProto model)
    {
        var content = model.ToByteArray();
        return [.. content, .. Entry(SHA256.HashData(content))];
    }

    /// <summary>Whether the bytes match their seal.</summary>
    public static bool Holds(ReadOnlySpan<byte> bytes) => bytes.Length > Length
        && bytes[^Length..].SequenceEqual(Entry(SHA256.HashData(bytes[..^Length])));

    private static byte[] Entry(byte[] hash)
    {
        var sealing = new ModelProto();
        sealing.MetadataProps.Add(
            new StringStringEntryProto { Key = OnnxMetadata.Seal, Value = Convert.ToHexStringLower(hash) });
        return sealing.ToByteArray();
    }
}
