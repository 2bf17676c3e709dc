using System.Text;
using BtcAgent.Social.X.Api;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Social.Tests.X.Api;

public sealed class LineReaderTests
{
    private const int LineBytesMax = 16;

    [Theory]
    [InlineData("a\r\nbc\n\r\nd\r\n", "a|bc||d")]
    [InlineData("0123456789abcde\nb\n", "0123456789abcde|b")]
    [InlineData("0123456789abcdef\nb\n", "(too long)|b")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef\n\nb\n", "(too long)||b")]
    [InlineData("a\nnot complete", "a")]
    [InlineData("", "")]
    public async Task Read_AnyPieces_GivesTheSameLines(string text, string expected)
    {
        for (var piece = 1; piece <= text.Length + 1; piece++)
        {
            Assert.Equal(expected, await ReadAllAsync(Encoding.UTF8.GetBytes(text), piece));
        }
    }

    [Fact]
    public async Task Read_SilentStream_Throws()
    {
        var time = new FakeTimeProvider();
        using var stream = new PiecesStream([], 1, isEndless: true);
        using var lines = new LineReader(stream, LineBytesMax, TimeSpan.FromSeconds(40), time, TestContext.Current.CancellationToken);
        var reading = lines.ReadAsync().AsTask();
        time.Advance(TimeSpan.FromSeconds(39.999));
        Assert.False(reading.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal("nothing received for 40 s", (await Assert.ThrowsAsync<TimeoutException>(() => reading)).Message);
    }

    [Fact]
    public async Task Read_AfterASlowReader_IsNotTakenForSilence()
    {
        var time = new FakeTimeProvider();
        using var stream = new PiecesStream("a\nb\n"u8.ToArray(), 2, isEndless: true);
        using var lines = new LineReader(stream, LineBytesMax, TimeSpan.FromSeconds(40), time, TestContext.Current.CancellationToken);
        Assert.Equal(LineOutcome.Line, await lines.ReadAsync());
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(LineOutcome.Line, await lines.ReadAsync());
        Assert.Equal("b"u8.ToArray(), lines.Line.ToArray());
    }

    private static async Task<string> ReadAllAsync(byte[] bytes, int piece)
    {
        using var stream = new PiecesStream(bytes, piece, isEndless: false);
        using var lines = new LineReader(stream, LineBytesMax, TimeSpan.FromSeconds(40), new FakeTimeProvider(), TestContext.Current.CancellationToken);
        var read = new List<string>();
        while (await lines.ReadAsync() is var outcome && outcome != LineOutcome.End)
        {
            read.Add(outcome == LineOutcome.TooLong ? "(too long)" : Encoding.UTF8.GetString(lines.Line.Span));
        }

        return string.Join('|', read);
    }

    /// <summary>Gives its bytes in pieces; then ends, or is silent.</summary>
    private sealed class PiecesStream(byte[] bytes, int piece, bool isEndless) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Position == Length && isEndless)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            return Read(buffer.Span[..Math.Min(piece, buffer.Length)]);
        }
    }
}
