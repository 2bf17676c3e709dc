namespace BtcAgent.Storage.Tests.Objects;

/// <summary>Content whose copy fails after a megabyte with the error of a full disk, <c>ENOSPC</c>.</summary>
internal sealed class FullDiskStream : MemoryStream
{
    private const int NoSpace = 28;
    private int _left = 16;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _left-- > 0 ? ValueTask.FromResult(buffer.Length) : throw new IOException("No space left on device", NoSpace);
}
