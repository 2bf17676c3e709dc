using System.IO.Pipelines;
using BtcAgent.Silo.Hosting.Tls;

namespace BtcAgent.Silo.Tests.Hosting.Tls;

public sealed class DuplexPipeStreamTests
{
    private readonly Ends _ends = new();

    [Fact]
    public async Task ReadAsync_CancelledWhileWaitingByAnEmptyRead_EndsTheReadsAfterIt()
    {
        await using var stream = new DuplexPipeStream(_ends);
        var waiting = stream.ReadAsync(Memory<byte>.Empty, TestContext.Current.CancellationToken);

        _ends.Input.CancelPendingRead();

        Assert.Equal(0, await waiting);
        Assert.Equal(0, await stream.ReadAsync(new byte[8], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4_095)]
    [InlineData(100_000)]
    public async Task ReadAsync_OverManySegments_ReturnsEachByteOnce(int bufferLength)
    {
        await using var stream = new DuplexPipeStream(_ends);
        var sent = Enumerable.Range(0, 20_000).Select(i => (byte)(i * 31)).ToArray();
        foreach (var part in sent.Chunk(1_000))
        {
            await _ends.Incoming.Writer.WriteAsync(part, TestContext.Current.CancellationToken);
        }

        await _ends.Incoming.Writer.CompleteAsync();
        using var received = new MemoryStream();
        var buffer = new byte[bufferLength];
        for (int read; (read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0;)
        {
            received.Write(buffer, 0, read);
        }

        Assert.Equal(sent, received.ToArray());
    }

    [Fact]
    public async Task WriteAsync_AfterTheConnectionEnded_Throws()
    {
        await using var stream = new DuplexPipeStream(_ends);
        await _ends.Outgoing.Reader.CompleteAsync();

        await Assert.ThrowsAsync<IOException>(
            async () => await stream.WriteAsync(new byte[8], TestContext.Current.CancellationToken));
    }

    private sealed class Ends : IDuplexPipe
    {
        public Pipe Incoming { get; } = new(new PipeOptions(pauseWriterThreshold: 0));

        public Pipe Outgoing { get; } = new();

        public PipeReader Input => Incoming.Reader;

        public PipeWriter Output => Outgoing.Writer;
    }
}
