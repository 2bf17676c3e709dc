namespace BtcAgent.Domain.Execution.Venue;

/// <summary>How the venue has answered orders lately. Answers leave the window by themselves, and with them the share of a bad hour.</summary>
/// <param name="window">Older answers do not count.</param>
/// <param name="countMin">Below it there is no share: one bad answer of two says little. At most <see cref="AnswersMax"/>.</param>
public sealed class AnswerRates(TimeSpan window, int countMin)
{
    /// <summary>Newest answers that a share is taken over.</summary>
    public const int AnswersMax = 50;

    private readonly RecentValues<VenueOutcome> _answers = new(window, AnswersMax);

    /// <param name="outcome">Of a request that has left.</param>
    /// <param name="now">Of a clock that never turns back, the same for all calls.</param>
    public void Note(VenueOutcome outcome, TimeSpan now) => _answers.Add(outcome, now);

    /// <summary>Share without an outcome, 0…1; null for too few answers in the window.</summary>
    public decimal? Errors(TimeSpan now) => ShareOf(now, outcome => outcome is VenueOutcome.Unknown or VenueOutcome.NotNow);

    /// <summary>Share that the venue refused, 0…1; null for too few answers in the window.</summary>
    public decimal? Rejects(TimeSpan now) => ShareOf(now, outcome => outcome is VenueOutcome.Refused or VenueOutcome.Halt);

    private decimal? ShareOf(TimeSpan now, Func<VenueOutcome, bool> counts)
    {
        VenueOutcome[] answers = [.. _answers.Read(now)];
        return answers.Length < countMin ? null : (decimal)answers.Count(counts) / answers.Length;
    }
}
