namespace BtcAgent.Grains.Tests.Halting;

/// <summary>
/// Follows the calls between grains, so that a test knows when they have come to rest; the test's own questions do not count.
/// </summary>
internal sealed class CallCounter : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
{
    private const string Question = "halt-stage-question";

    private long _asked;
    private long _begun;
    private long _ended;
    private long _answered;

    /// <summary>Calls that were asked for, begun, ended and answered; two that are equal saw no call move.</summary>
    public (long Asked, long Begun, long Ended, long Answered) Seen =>
        (Interlocked.Read(ref _asked), Interlocked.Read(ref _begun), Interlocked.Read(ref _ended), Interlocked.Read(ref _answered));

    /// <summary>Forgets calls that were turned away, while nothing moves.</summary>
    public void Reset() => (_asked, _begun, _ended, _answered) = (0, 0, 0, 0);

    /// <summary>Calls of the present flow are questions of the test.</summary>
    public static void Ask() => RequestContext.Set(Question, true);

    public static void AskNoMore() => RequestContext.Remove(Question);

    public Task Invoke(IIncomingGrainCallContext context) => CountAsync(context, ref _begun, () => Interlocked.Increment(ref _ended));

    public Task Invoke(IOutgoingGrainCallContext context) => CountAsync(context, ref _asked, () => Interlocked.Increment(ref _answered));

    /// <summary>Timers and streams are not calls of ours: they begin without having been asked for.</summary>
    private static Task CountAsync(IGrainCallContext context, ref long begins, Action ends)
    {
        if (RequestContext.Get(Question) is not null
            || context.InterfaceMethod?.DeclaringType?.Namespace?.StartsWith("BtcAgent", StringComparison.Ordinal) is not true)
        {
            return context.Invoke();
        }

        Interlocked.Increment(ref begins);
        return CountEndAsync(context.Invoke, ends);
    }

    private static async Task CountEndAsync(Func<Task> call, Action ends)
    {
        try
        {
            await call();
        }
        finally
        {
            ends();
        }
    }
}
