using System.Diagnostics;
using BtcAgent.Silo.Scorers;
using BtcAgent.Social.Scoring;
using BtcAgent.Social.Text;
using BtcAgent.Social.Transformers.Folders;
using BtcAgent.Social.Transformers.Scoring;
using BtcAgent.Social.Transformers.Tests.Models;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Silo.Tests.Scorers;

/// <summary>A real child process with a small random model.</summary>
public sealed class ChildScorerTests : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly PostText[] Texts = [PostReader.Read("bitcoin is rising 🚀"), PostReader.Read("línea\nnueva \"quoted\" 比特币"), PostReader.Read("")];

    private readonly TinyFolder _files = new(isRoberta: true);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero));
    private readonly CancellationTokenSource _stop = new();
    private readonly ChildScorer _scorer;
    private readonly Task _running;

    public ChildScorerTests()
    {
        _scorer = new ChildScorer(new TransformerOptions { Folder = _files.Path }, _time, NullLogger<ChildScorer>.Instance);
        _running = _scorer.RunAsync(_stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        _stop.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task Score_InAnotherProcess_GivesTheSameTones()
    {
        await ReadyAsync();
        using var here = TransformerScorer.Open(ModelFolder.Open(_files.Path), new TransformerOptions());
        var tones = _scorer.Score(Texts, CancellationToken.None);
        foreach (var (expected, tone) in here.Score(Texts, CancellationToken.None).Zip(tones))
        {
            Assert.Equal((expected.Tone, expected.Confidence, expected.Class), (tone.Tone, tone.Confidence, tone.Class));
            Assert.Equal(expected.Terms, tone.Terms);
        }

        Assert.Equal((here.Id, here.Hash, null), (_scorer.Id, _scorer.Hash, _scorer.Problem));
    }

    [Fact]
    public async Task Kill_OfTheProcess_IsSaidAndAnotherOneContinues()
    {
        var first = await ReadyAsync();
        using (var process = Process.GetProcessById(first))
        {
            process.Kill();
        }

        await Eventually.TrueAsync("the end is noticed", () => Task.FromResult(_scorer.ProcessId is null), Limit);
        Assert.Contains("ended", Assert.Throws<ScoringException>(() => _scorer.Score(Texts, CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.NotEqual(first, await ReadyAsync());
        Assert.Equal(3, _scorer.Score(Texts, CancellationToken.None).Count);
    }

    [Fact]
    public async Task Stop_OfTheProcess_ReleasesTheCallerAndEndsIt()
    {
        var first = await ReadyAsync();
        Signal(first, "STOP");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        Assert.ThrowsAny<OperationCanceledException>(() => _scorer.Score(Texts, limit.Token));
        Assert.Contains("busy", Assert.Throws<ScoringException>(() => _scorer.Score(Texts, CancellationToken.None)).Message, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromSeconds(31));
        await Eventually.TrueAsync("another process serves", () => Task.FromResult(Advance() && _scorer.ProcessId is { } now && now != first), Limit);
        Assert.Equal(3, _scorer.Score(Texts, CancellationToken.None).Count);
    }

    [Fact]
    public async Task Start_FolderWithoutModel_SaysWhy()
    {
        await ReadyAsync();
        using var empty = new TinyFolder(isRoberta: false);
        empty.Delete("model.onnx");
        var scorer = new ChildScorer(new TransformerOptions { Folder = empty.Path }, _time, NullLogger<ChildScorer>.Instance);
        using var stop = new CancellationTokenSource();
        var running = scorer.RunAsync(stop.Token);
        await Eventually.TrueAsync("the reason", () => Task.FromResult(scorer.Problem!.Contains("has no model.onnx", StringComparison.Ordinal)), Limit);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private async Task<int> ReadyAsync()
    {
        await Eventually.TrueAsync("the scorer is ready", () => Task.FromResult(Advance() && _scorer.ProcessId is not null), Limit, () => _scorer.Problem ?? "");
        return _scorer.ProcessId!.Value;
    }

    private bool Advance()
    {
        _time.Advance(TimeSpan.FromMilliseconds(200)); // Far less than the time to load, however busy the machine is.
        return true;
    }

    private static void Signal(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        kill.WaitForExit();
    }
}
