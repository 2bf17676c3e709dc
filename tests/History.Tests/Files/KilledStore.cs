using BtcAgent.Storage.Objects;

namespace BtcAgent.History.Tests.Files;

/// <summary>A store whose writer is killed at a given step: before the step has an effect, or after it.</summary>
internal sealed class KilledStore(IObjectStore inner, int killedAt, bool isAfter) : IObjectStore
{
    private int _steps;

    public string Place => inner.Place;

    public ConditionalWrites Conditions => inner.Conditions;

    /// <summary>True when the step was reached.</summary>
    public bool IsDead { get; private set; }

    public Task<ConditionalWrites> ProbeAsync(CancellationToken cancellationToken) => inner.ProbeAsync(cancellationToken);

    public Task<PutResult> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellationToken) =>
        StepAsync(() => inner.PutAsync(key, content, condition, cancellationToken));

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken) => StepAsync(() => inner.OpenAsync(key, cancellationToken));

    public Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken) => StepAsync(() => inner.HeadAsync(key, cancellationToken));

    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after, CancellationToken cancellationToken) =>
        inner.ListAsync(prefix, after, cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => StepAsync(async () =>
    {
        await inner.DeleteAsync(key, cancellationToken);
        return true;
    });

    public void Dispose()
    {
    }

    private async Task<T> StepAsync<T>(Func<Task<T>> step)
    {
        var isNow = _steps++ == killedAt;
        if (IsDead || (isNow && !isAfter))
        {
            IsDead = true;
            throw new KilledException();
        }

        var result = await step();
        if (isNow)
        {
            IsDead = true;
            throw new KilledException();
        }

        return result;
    }
}
