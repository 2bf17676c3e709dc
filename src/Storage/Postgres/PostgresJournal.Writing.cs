using BtcAgent.Storage.Embedded;
using Npgsql;

namespace BtcAgent.Storage.Postgres;

public sealed partial class PostgresJournal
{
    private async Task WriteAsync()
    {
        var entries = new List<JournalWork>(batchMax);
        var waiting = new List<TaskCompletionSource>();
        while (await queue.Reader.WaitToReadAsync())
        {
            while (entries.Count < batchMax && queue.Reader.TryRead(out var work))
            {
                if (work.Entry is not null)
                {
                    entries.Add(work);
                }
                else
                {
                    waiting.Add(work.Flushed!);
                }
            }

            await CommitAsync(entries);
            Report(waiting);
            entries.Clear();
            waiting.Clear();
        }
    }

    /// <summary>Returns when the outcome of every entry is known; never throws.</summary>
    private async Task CommitAsync(List<JournalWork> entries)
    {
        try
        {
            await InsertAsync(entries);
        }
        catch (Exception error) when (IsUnfit(error))
        {
            await CommitEachAsync(entries);
        }
        catch (Exception error)
        {
            Lose(entries, error);
            LogLost(logger, entries.Count, error);
        }

        if (Dropped is var now && now != droppedLogged)
        {
            droppedLogged = now;
            LogDropped(logger, now);
        }
    }

    /// <summary>Inserts entries one by one, so that an invalid entry does not lose the others of its batch.</summary>
    private async Task CommitEachAsync(List<JournalWork> entries)
    {
        foreach (var entry in entries)
        {
            try
            {
                await InsertAsync([entry]);
            }
            catch (Exception error)
            {
                Lose([entry], error);
                LogUnfit(logger, entry.Entry!.Id, error);
            }
        }
    }

    /// <summary>Retries until the server accepts the entries, rejects them permanently, or the journal is closed.</summary>
    private async Task InsertAsync(IReadOnlyList<JournalWork> entries)
    {
        var delay = RetryMin;
        for (var attempt = 1; entries.Count > 0; attempt++)
        {
            try
            {
                // The driver reacts to a cancellation only when the server answers or its own time limit expires.
                stopping.Token.ThrowIfCancellationRequested();
                var added = await table.InsertAsync([.. entries.Select(work => work.Entry!)], stopping.Token).WaitAsync(stopping.Token);
                Interlocked.Add(ref duplicates, entries.Count - added);
                foreach (var work in entries)
                {
                    work.Settled?.Invoke(true);
                }

                if (attempt > 1)
                {
                    LogBack(logger, attempt);
                }

                return;
            }
            catch (Exception error) when (!stopping.IsCancellationRequested && !IsUnfit(error))
            {
                if (attempt == 1)
                {
                    LogAway(logger, entries.Count, PostgresConnection.Explain(error, connectionString).Message);
                }
            }

            await Task.Delay(delay, time, stopping.Token);
            delay = delay * 2 < RetryMax ? delay * 2 : RetryMax;
        }
    }

    /// <summary>
    /// Returns true when the entries themselves are invalid: the server rejects data (class 22), a constraint (23) or a size
    /// (54), or the driver cannot write them. All other errors may be temporary, such as an outage, or a missing table or
    /// right.
    /// </summary>
    private static bool IsUnfit(Exception error) => error switch
    {
        PostgresException refused => refused.SqlState[..2] is "22" or "23" or "54",
        _ => error is ArgumentException or InvalidCastException,
    };

    private void Lose(IReadOnlyList<JournalWork> lost, Exception error)
    {
        Interlocked.Add(ref dropped, lost.Count);
        foreach (var work in lost)
        {
            work.Settled?.Invoke(false);
        }

        var reason = error switch
        {
            OperationCanceledException => "the journal was closed before PostgreSQL accepted them",
            NpgsqlException => PostgresConnection.Explain(error, connectionString).Message,
            _ => error.Message,
        };
        failure ??= lost.Count > 0 ? new PostgresStoreException($"journal entries were lost: {reason}", error) : null;
    }

    private void Report(List<TaskCompletionSource> waiting)
    {
        foreach (var flushed in waiting)
        {
            if (failure is null)
            {
                flushed.TrySetResult();
            }
            else
            {
                flushed.TrySetException(failure);
            }
        }

        failure = waiting.Count > 0 ? null : failure;
    }
}
