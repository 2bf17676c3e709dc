namespace BtcAgent.Grains.Tests.Storage;

/// <summary>As a grain's scheduler: what can go on waits in a queue until <see cref="Settle"/> runs it, on the test's own thread.</summary>
internal sealed class OneStepAfterTheOther : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Step, object? State)> _steps = [];

    public override void Post(SendOrPostCallback d, object? state) => _steps.Enqueue((d, state));

    /// <summary>Starts work whose waits come back here.</summary>
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

    /// <summary>Runs until nothing can go on.</summary>
    public void Settle() => Run(() =>
    {
        while (_steps.TryDequeue(out var next))
        {
            next.Step(next.State);
        }

        return Task.CompletedTask;
    });
}
