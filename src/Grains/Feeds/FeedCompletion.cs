namespace BtcAgent.Grains.Feeds;

/// <summary>Signals when every feed of this silo has ended by itself: a replay's tapes have been played.</summary>
public sealed class FeedCompletion
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _framesRefused;

    /// <summary>Completes when all feeds have ended; fails when one cannot continue.</summary>
    public Task Completed => _done.Task;

    /// <summary>Number of frames that the feeds of this silo could not use.</summary>
    public long FramesRefused => Interlocked.Read(ref _framesRefused);

    internal void CountRefused() => Interlocked.Increment(ref _framesRefused);

    internal void Complete() => _done.TrySetResult();

    internal void Fail(Exception why) => _done.TrySetException(why);
}
