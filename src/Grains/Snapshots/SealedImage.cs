using System.IO.Compression;
using System.Security.Cryptography;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Grains.Snapshots;

/// <summary>
/// A saved state in its stored form: a format mark, a checksum, and the state compressed with Brotli. An earlier format
/// without the mark stored objects field by field; it is recognised, and refused.
/// </summary>
internal static class SealedImage
{
    private const int SealBytes = 8;

    /// <summary>Largest state before compression: 64 MiB.</summary>
    private const int StateBytesMax = 64 << 20;

    private static ReadOnlySpan<byte> Mark => "BAS1"u8;

    public static byte[] Take(IStateful state)
    {
        var writer = new StateWriter();
        state.Save(writer);
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(writer.Written.Span);
        }

        var body = packed.GetBuffer().AsSpan(0, (int)packed.Length);
        return [.. Mark, .. Seal(body), .. body];
    }

    /// <param name="image">Result of <see cref="Take"/>.</param>
    /// <param name="state">A fresh object with the settings of the saved one; discard it after a failure.</param>
    /// <exception cref="StateFormatException">The image is damaged, or of another version.</exception>
    public static void Restore(ReadOnlyMemory<byte> image, IStateful state)
    {
        if (!image.Span.StartsWith(Mark))
        {
            throw new StateFormatException(IsSealed(image.Span)
                ? "the version before stored it in a format that this version does not read"
                : "it is damaged: no state starts with these bytes");
        }

        var content = image[Mark.Length..];
        if (!IsSealed(content.Span))
        {
            throw new StateFormatException("it is damaged: its checksum is wrong");
        }

        var reader = new StateReader(Unpack(content[SealBytes..]));
        state.Load(reader);
        reader.End();
    }

    private static ReadOnlySpan<byte> Seal(ReadOnlySpan<byte> body) => SHA256.HashData(body).AsSpan(0, SealBytes);

    private static bool IsSealed(ReadOnlySpan<byte> content) =>
        content.Length >= SealBytes && content[..SealBytes].SequenceEqual(Seal(content[SealBytes..]));

    private static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> body)
    {
        using var brotli = new BrotliStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress);
        using var state = new MemoryStream();
        var part = new byte[81_920];
        int read;
        try
        {
            while ((read = brotli.Read(part)) > 0)
            {
                if (state.Length + read > StateBytesMax)
                {
                    throw new StateFormatException($"it is damaged: more than {StateBytesMax} bytes of state");
                }

                state.Write(part, 0, read);
            }
        }
        catch (InvalidOperationException e)
        {
            throw new StateFormatException($"it is damaged: {e.Message}");
        }

        return state.GetBuffer().AsMemory(0, (int)state.Length);
    }
}
