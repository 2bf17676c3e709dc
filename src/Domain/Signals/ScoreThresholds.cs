namespace BtcAgent.Domain.Signals;

/// <summary>Enters at one score and leaves at a lower one, which avoids churn; a score of the other sign leaves as well.</summary>
/// <param name="Entry">Absolute score to enter at, above <paramref name="Exit"/>.</param>
/// <param name="Exit">Absolute score below which a position ends, 0 or more.</param>
internal readonly record struct ScoreThresholds(double Entry, double Exit)
{
    public bool IsValid => Exit >= 0 && Entry > Exit && double.IsFinite(Entry);

    /// <param name="held">Direction before.</param>
    /// <param name="score">Positive for long.</param>
    public SignalDirection Next(SignalDirection held, double score)
    {
        var wanted = score >= 0 ? SignalDirection.Long : SignalDirection.Short;
        return Math.Abs(score) >= Entry ? wanted
            : Math.Abs(score) < Exit || wanted != held ? SignalDirection.Flat
            : held;
    }
}
