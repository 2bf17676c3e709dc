namespace BtcAgent.Social.Scoring;

/// <summary>Limits of a <see cref="ToneDesk"/>.</summary>
/// <param name="BatchMax">Texts of one batch, 1 or more.</param>
/// <param name="Timeout">Time for a text, from its arrival.</param>
public sealed record ToneDeskLimits(int BatchMax, TimeSpan Timeout)
{
    /// <summary>Texts that wait at most; a further one has the tone of the fallback at once.</summary>
    public int WaitingMax { get; init; } = 1_024;

    /// <summary>Failures in a row after which the fallback is used alone.</summary>
    public int FailuresMax { get; init; } = 3;

    /// <summary>How long the fallback is used alone.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(60);
}
