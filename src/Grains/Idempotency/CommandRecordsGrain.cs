using BtcAgent.Contracts.Idempotency;
using BtcAgent.Domain.Idempotency;
using BtcAgent.Grains.Storage;
using Orleans.Concurrency;

namespace BtcAgent.Grains.Idempotency;

/// <summary>
/// Keeps a <see cref="CommandBook"/>. Requests that wait for the answer of another one interleave; their writes are shared. A failed
/// write ends the activation, and everybody who waits is asked to come again.
/// </summary>
[Reentrant]
internal sealed class CommandRecordsGrain(
    [PersistentState(GrainStateNames.CommandRecords, GrainStateNames.Provider)] IPersistentState<CommandRecordsGrainState> state,
    TimeProvider time) : Grain, ICommandRecordsGrain
{
    /// <summary>Longer than commands last; a repeat may carry the command on afterwards, which the acting grains make harmless.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);
    private CommandBook _book = CommandBook.Empty;
    private SharedWrites _writes = null!;
    private bool _hasFailed;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _book = state.State.Book.ReleaseAll().Sweep(Now());
        _writes = new SharedWrites(WriteAsync);
        return Task.CompletedTask;
    }

    public async Task<CommandTurn> Begin(string id, string fingerprint, TimeSpan keep, TimeSpan wait)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var (book, turn) = _book.Begin(id, fingerprint, Now(), Lease, keep);
            var left = wait - time.GetElapsedTime(began);
            if (turn.Kind == CommandTurnKind.Run)
            {
                _book = book;
                await _writes.WriteAsync();
                return turn;
            }

            if (turn.Kind != CommandTurnKind.Busy || left <= TimeSpan.Zero || _hasFailed)
            {
                return turn;
            }

            await WaitAsync(id, turn.Record.LeaseUntil - Now() is var lease && lease < left ? lease : left);
        }
    }

    public async Task Answer(string id, string operation, CommandAnswer answer)
    {
        _book = _book.Answer(id, operation, answer);
        try
        {
            await _writes.WriteAsync();
        }
        finally
        {
            Wake(id);
        }
    }

    public Task Release(string id, string operation) => Change(id, _book.Release(id, operation));

    public Task Forget(string id, string operation) => Change(id, _book.Forget(id, operation));

    public async Task Sweep()
    {
        var swept = _book.Sweep(Now());
        if (swept.Records.Count != _book.Records.Count || swept.Records.Count != state.State.Book.Records.Count)
        {
            _book = swept;
            await _writes.WriteAsync();
        }
    }

    private async Task Change(string id, CommandBook changed)
    {
        _book = changed;
        Wake(id);
        await _writes.WriteAsync();
    }

    private async Task WaitAsync(string id, TimeSpan most)
    {
        if (!_waiting.TryGetValue(id, out var answered))
        {
            _waiting[id] = answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        using var end = new CancellationTokenSource();
        await Task.WhenAny(answered.Task, Task.Delay(most > TimeSpan.Zero ? most : TimeSpan.Zero, time, end.Token));
        await end.CancelAsync();
    }

    private void Wake(string id)
    {
        if (_waiting.Remove(id, out var answered))
        {
            answered.SetResult();
        }
    }

    private async Task WriteAsync()
    {
        state.State.Book = _book;
        try
        {
            await state.WriteOrDeactivate(this);
        }
        catch
        {
            _hasFailed = true;
            foreach (var id in _waiting.Keys.ToArray())
            {
                Wake(id);
            }

            throw;
        }
    }

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
