namespace BtcAgent.Grains.Execution;

/// <summary>
/// Whether our orders agree with the venue's records, and whether a comparison is requested. A part that doubts requests
/// one here; the <see cref="Reconciler"/> waits here for requests.
/// </summary>
internal sealed class VenueAgreement
{
    private TaskCompletionSource _asked = NewQuestion();

    /// <summary>While true, only orders that reduce the position are sent.</summary>
    public bool InDoubt { get; private set; } = true;

    /// <summary>Description of the doubt, or the result of the last comparison.</summary>
    public string Reason { get; private set; } = "not yet compared with the venue";

    /// <summary>Our clock at the last comparison that agreed; unknown before the first.</summary>
    public Timestamp ReconciledAt { get; private set; } = Timestamp.Unknown;

    /// <summary>Why comparisons have stopped altogether; null when they have not.</summary>
    public string? StopReason { get; private set; }

    /// <summary>Whether a comparison was requested since the last one began.</summary>
    public bool IsAsked => _asked.Task.IsCompleted;

    /// <summary>Requests a comparison, or another one after the running one.</summary>
    public void Ask(string why, bool doubt)
    {
        if (doubt)
        {
            Doubt(why);
        }

        _asked.TrySetResult();
    }

    public void Doubt(string why)
    {
        if (StopReason is null)
        {
            (InDoubt, Reason) = (true, why);
        }
    }

    /// <summary>Puts the orders in doubt for the rest of the activation.</summary>
    public void Stop(string why) => (InDoubt, Reason, StopReason) = (true, $"STANDS_STILL: {why}", why);

    public Task WhenAskedAsync(CancellationToken cancellationToken) => _asked.Task.WaitAsync(cancellationToken);

    /// <summary>Begins a comparison: later requests start another one.</summary>
    public void Begin()
    {
        if (IsAsked)
        {
            _asked = NewQuestion();
        }
    }

    public void Agree(Timestamp now) => (InDoubt, Reason, ReconciledAt) = (false, "agrees with the venue", now);

    /// <summary>Records the difference; an existing doubt remains.</summary>
    public void Differ(string words) => Reason = words;

    /// <summary>The requester's turn ends first: it may be an activation.</summary>
    private static TaskCompletionSource NewQuestion() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
