using System.IO.Pipelines;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;

namespace BtcAgent.Silo.Hosting.Tls;

/// <summary>The pipes Orleans reads and writes its messages in; what passes through is encrypted beneath.</summary>
internal sealed class TlsTransport(SslStream stream) : IDuplexPipe
{
    /// <summary>Bytes: the largest TLS record (RFC 8446, 5.1), so that one read takes one record.</summary>
    private const int RecordBytesMax = 16_384;

    public PipeReader Input { get; } =
        PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: RecordBytesMax, leaveOpen: true));

    public PipeWriter Output { get; } =
        PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: RecordBytesMax, leaveOpen: true));

    /// <summary>Gives the buffers back; bytes not flushed by now are not sent any more.</summary>
    public async ValueTask EndAsync()
    {
        await Input.CompleteAsync();
        await Output.CompleteAsync(new ConnectionAbortedException("the connection has ended"));
    }
}
