using BtcAgent.Grains.Control;

namespace BtcAgent.Grains.Tests.Control;

public sealed class PendingHaltTests
{
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task TryAsync_PartHangs_IsNotBegunAgainBeforeItEnds()
    {
        var attempts = new List<TaskCompletionSource<string?>>();
        var halt = new PendingHalt("ada: enough", [new HaltPart("orders", Begin)]);

        await halt.TryAsync(Most, TimeProvider.System);
        await halt.TryAsync(Most, TimeProvider.System);

        var first = Assert.Single(attempts);
        Assert.Contains("orders: no answer", halt.Progress, StringComparison.Ordinal);

        first.SetException(new IOException("disk full"));
        await halt.TryAsync(Most, TimeProvider.System);

        Assert.Equal(2, attempts.Count);
        attempts[1].SetResult(null);
        await halt.TryAsync(Most, TimeProvider.System);

        Assert.True(halt.IsDone);
        Assert.Equal(2, attempts.Count);

        Task<string?> Begin()
        {
            attempts.Add(new TaskCompletionSource<string?>());
            return attempts[^1].Task;
        }
    }

    [Fact]
    public async Task TryAsync_OnePartFails_OnlyThatOneIsTriedAgain()
    {
        var (stopped, cleared) = (0, 0);
        var halt = new PendingHalt(
            "ada: enough",
            [
                new HaltPart("halt", () => Task.FromResult(++stopped == 0 ? "not yet" : null)),
                new HaltPart("orders", () => ++cleared == 1 ? Task.FromException<string?>(new IOException("disk full\nand more")) : Task.FromResult<string?>(null)),
            ]);

        await halt.TryAsync(Most, TimeProvider.System);

        Assert.False(halt.IsDone);
        Assert.Equal("ada: enough: not complete, retried every second: orders: disk full", halt.Progress);

        await halt.TryAsync(Most, TimeProvider.System);

        Assert.True(halt.IsDone);
        Assert.Equal((1, 2), (stopped, cleared));
    }
}
