using System.Buffers;
using System.IO.Pipelines;

namespace BtcAgent.Silo.Hosting.Tls;

/// <summary>
/// A connection's two pipes as the one stream that <see cref="System.Net.Security.SslStream"/> reads and writes.
/// </summary>
internal sealed class DuplexPipeStream(IDuplexPipe transport) : Stream
{
    private volatile bool _ended;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>
    /// Orleans closes a connection by cancelling the pending read once: that is the end of the stream here, for this
    /// read and all later ones. The pending read is mostly the empty one by which SslStream waits for data: an end
    /// told to it alone would be lost, and the connection would never close.
    /// </summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended)
        {
            return 0;
        }

        var read = await transport.Input.ReadAsync(cancellationToken);
        if (read.IsCanceled)
        {
            _ended = true;
            transport.Input.AdvanceTo(read.Buffer.Start);
            return 0;
        }

        var length = (int)Math.Min(read.Buffer.Length, buffer.Length);
        var taken = read.Buffer.Slice(0, length);
        taken.CopyTo(buffer.Span);
        transport.Input.AdvanceTo(taken.End);
        return length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <exception cref="IOException">The connection was closed.</exception>
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var written = await transport.Output.WriteAsync(buffer, cancellationToken);
        if (written.IsCompleted || written.IsCanceled)
        {
            throw new IOException("the connection was closed while it was written to");
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>
    /// Called only when Orleans ends a writer that still holds bytes, inside its clean-up: it must not throw because
    /// the connection is gone, so bytes for a closed connection are left to the pipe.
    /// </summary>
    public override void Write(byte[] buffer, int offset, int count) =>
        transport.Output.WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <summary>Each write is flushed already.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
