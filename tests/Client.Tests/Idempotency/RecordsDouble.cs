using BtcAgent.Contracts.Idempotency;
using BtcAgent.Domain;
using BtcAgent.Domain.Idempotency;

namespace BtcAgent.Client.Tests.Idempotency;

/// <summary>The records of all gateways of a test, over one real book, without a store.</summary>
internal sealed class RecordsDouble(TimeProvider time) : ICommandRecordsGrain
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CommandBook _book = CommandBook.Empty;

    /// <summary>While true, nothing can be stored.</summary>
    public bool IsSilent { get; set; }

    /// <summary>While true, answers cannot be stored: as if the gateway ended between doing and answering.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>Requests that wait for the answer to another one.</summary>
    public int Waiting { get; private set; }

    public CommandBook Book
    {
        get
        {
            lock (_gate)
            {
                return _book;
            }
        }
    }

    public async Task<CommandTurn> Begin(string id, string fingerprint, TimeSpan keep, TimeSpan wait)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                Demand();
                var (book, turn) = _book.Begin(id, fingerprint, Now(), TimeSpan.FromSeconds(10), keep);
                _book = book;
                if (turn.Kind != CommandTurnKind.Busy || time.GetElapsedTime(began) >= wait)
                {
                    return turn;
                }

                Waiting++;
                changed = _changed.Task;
            }

            await Task.WhenAny(changed, Task.Delay(wait, time));
        }
    }

    public Task Answer(string id, string operation, CommandAnswer answer) => LosesAnswers ? throw new TimeoutException("gone") : Change(b => b.Answer(id, operation, answer));

    public Task Release(string id, string operation) => Change(book => book.Release(id, operation));

    public Task Forget(string id, string operation) => Change(book => book.Forget(id, operation));

    public Task Sweep() => Change(book => book.Sweep(Now()));

    /// <summary>As if the silo had restarted.</summary>
    public Task RestartAsync() => Change(book => book.ReleaseAll());

    private Task Change(Func<CommandBook, CommandBook> change)
    {
        lock (_gate)
        {
            Demand();
            _book = change(_book);
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return Task.CompletedTask;
    }

    private void Demand()
    {
        if (IsSilent)
        {
            throw new TimeoutException("the silo does not answer");
        }
    }

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
