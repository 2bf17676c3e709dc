namespace BtcAgent.Storage.Embedded;

/// <summary>The journal's record of the state beside it: the last mark, and what operators accepted.</summary>
public sealed partial class Journal
{
    /// <summary>The last recorded mark of the state; null before the first. Read it before <see cref="Follow"/>.</summary>
    public StateMark? Seen => seen;

    /// <summary>Why every portfolio must start halted, until that is done; null if not required.</summary>
    public string? PendingHalt => SqliteFile.Scalar(connection, "SELECT halt FROM seen_state") as string;

    /// <summary>Starts to record the state's marks, each soon after its commit.</summary>
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

    /// <summary>
    /// Records permanently that an operator accepted a state other than the last recorded one, with the required halt.
    /// </summary>
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

    /// <summary>Records that every portfolio is halted.</summary>
    /// <exception cref="EmbeddedStoreException">It is not recorded.</exception>
    public async Task HaltedAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await writer.EnqueueAsync(new JournalWork(null, null, done) { IsHaltDone = true }, CancellationToken.None);
        await done.Task;
    }

    /// <summary>Returns what operators accepted at starts, oldest first.</summary>
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

    /// <summary>Queues a note of the newest mark, at most one at a time.</summary>
    private void Note()
    {
        if (Interlocked.Exchange(ref isNoting, 1) == 0 && !writer.TryEnqueue(default))
        {
            // The queue is full of entries, whose commit also writes the mark.
            isNoting = 0;
        }
    }
}
