namespace BtcAgent.Grains.Execution;

/// <summary>
/// Whether our orders agree with the venue's records, and whether someone wants them compared (again). Whoever doubts asks here; the
/// <see cref="Reconciler"/> waits here for it.
/// </summary>
internal sealed class VenueAgreement
{
    private TaskCompletionSource _asked = NewQuestion();

    /// <summary>Only orders that reduce the position go out.</summary>
    public bool InDoubt { get; private set; } = true;

    /// <summary>The doubt in words, or the result of the last comparison.</summary>
    public string Reason { get; private set; } = "not yet compared with the venue";

    /// <summary>Our clock at the last comparison that agreed; unknown before the first.</summary>
    public Timestamp ReconciledAt { get; private set; } = Timestamp.Unknown;

    /// <summary>Why nothing is compared at all; null when it is.</summary>
    public string? StandsStill { get; private set; }

    /// <summary>A comparison was asked for since the last one began.</summary>
    public bool IsAsked => _asked.Task.IsCompleted;

    /// <summary>Starts a comparison, or has the running one repeated.</summary>
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
        if (StandsStill is null)
        {
            (InDoubt, Reason) = (true, why);
        }
    }

    /// <summary>In doubt for as long as the activation lives.</summary>
    public void StandStill(string why) => (InDoubt, Reason, StandsStill) = (true, $"STANDS_STILL: {why}", why);

    public Task WhenAskedAsync(CancellationToken cancellationToken) => _asked.Task.WaitAsync(cancellationToken);

    /// <summary>A comparison begins: what is asked from now on is another one.</summary>
    public void Begin()
    {
        if (IsAsked)
        {
            _asked = NewQuestion();
        }
    }

    public void Agree(Timestamp now) => (InDoubt, Reason, ReconciledAt) = (false, "agrees with the venue", now);

    /// <summary>Says what differs; a doubt that was there stays.</summary>
    public void Differ(string words) => Reason = words;

    /// <summary>The turn of whoever asks ends first: it may be an activation.</summary>
    private static TaskCompletionSource NewQuestion() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
