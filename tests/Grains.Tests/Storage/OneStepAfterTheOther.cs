namespace BtcAgent.Grains.Tests.Storage;

/// <summary>
/// Works as a grain's scheduler: continuations wait in a queue until <see cref="Settle"/> runs them, on the test's own
/// thread.
/// </summary>
internal sealed class OneStepAfterTheOther : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Step, object? State)> _steps = [];

    public override void Post(SendOrPostCallback d, object? state) => _steps.Enqueue((d, state));

    /// <summary>Starts work whose continuations run here.</summary>
    public Task Run(Func<Task> work)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return work();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs until nothing can continue.</summary>
    public void Settle() => Run(() =>
    {
        while (_steps.TryDequeue(out var next))
        {
            next.Step(next.State);
        }

        return Task.CompletedTask;
    });
}
