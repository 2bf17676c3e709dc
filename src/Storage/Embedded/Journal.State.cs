namespace BtcAgent.Storage.Embedded;

/// <summary>What the journal knows of the state beside it: the mark that it saw last, and what an operator accepted.</summary>
public sealed partial class Journal
{
    /// <summary>The mark of the state as it was seen last; null before the first. To be asked before <see cref="Follow"/>.</summary>
    public StateMark? Seen => seen;

    /// <summary>Why every portfolio is to start halted, as long as that is not done; null when it is not to.</summary>
    public string? PendingHalt => SqliteFile.Scalar(connection, "SELECT halt FROM seen_state") as string;

    /// <summary>Notes the state's marks from now on, each soon after it was committed.</summary>
    public void Follow(StateStore store)
    {
        if (seen is null)
        {
            Execute("INSERT INTO seen_state (one, id, generation, digest) VALUES (1, $1, $2, $3)", store.Mark.Id, store.Mark.Generation, store.Mark.Digest);
            seen = store.Mark;
        }

        state = store;
        store.Changed = Note;
    }

    /// <summary>An operator accepted a state that is not the one seen last: kept for good, with the halt that it calls for.</summary>
    public void Accept(StateMark accepted, string act, string halt, DateTimeOffset at)
    {
        using var transaction = connection.BeginTransaction();
        Execute(
            "INSERT OR REPLACE INTO seen_state (one, id, generation, digest, halt) VALUES (1, $1, $2, $3, $4)",
            accepted.Id, accepted.Generation, accepted.Digest, halt);
        Execute("INSERT INTO acts (at_unix_ms, act) VALUES ($1, $2)", at.ToUnixTimeMilliseconds(), act);
        transaction.Commit();
        seen = accepted;
    }

    /// <summary>Every portfolio is halted.</summary>
    public async Task HaltedAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await writer.EnqueueAsync(new JournalWork(null, done) { IsHaltDone = true }, CancellationToken.None);
        await done.Task;
    }

    /// <summary>What operators accepted at starts, oldest first.</summary>
    public IReadOnlyList<string> Acts()
    {
        using var reader = SqliteFile.OpenReader(path);
        using var command = reader.CreateCommand();
        command.CommandText = "SELECT act FROM acts ORDER BY seq";
        using var row = command.ExecuteReader();
        var acts = new List<string>();
        while (row.Read())
        {
            acts.Add(row.GetString(0));
        }

        return acts;
    }

    private StateMark? ReadSeen()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, generation, digest FROM seen_state";
        using var row = command.ExecuteReader();
        return row.Read() ? new StateMark(row.GetString(0), row.GetInt64(1), row.GetInt64(2)) : null;
    }

    /// <summary>One note at a time is on its way; it takes the newest mark along.</summary>
    private void Note()
    {
        if (Interlocked.Exchange(ref isNoting, 1) == 0 && !writer.TryEnqueue(default))
        {
            // The queue is full of entries: they take the mark along.
            isNoting = 0;
        }
    }
}
