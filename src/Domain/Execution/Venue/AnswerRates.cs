namespace BtcAgent.Domain.Execution.Venue;

/// <summary>
/// Error and reject rates of the venue's recent answers. Old answers leave the window, and with them the effect of a bad
/// hour.
/// </summary>
/// <param name="window">Age at which answers no longer count.</param>
/// <param name="countMin">Answers that a rate needs, since one bad answer of two means little. At most
/// <see cref="AnswersMax"/>.</param>
public sealed class AnswerRates(TimeSpan window, int countMin)
{
    /// <summary>Number of newest answers in a rate.</summary>
    public const int AnswersMax = 50;

    private readonly RecentValues<VenueOutcome> _answers = new(window, AnswersMax);

    /// <param name="outcome">Outcome of a request that was sent.</param>
    /// <param name="now">Time of a monotonic clock, the same for all calls.</param>
    public void Note(VenueOutcome outcome, TimeSpan now) => _answers.Add(outcome, now);

    /// <summary>Fraction without an outcome, 0…1; null when the window has too few answers.</summary>
    public decimal? Errors(TimeSpan now) => ShareOf(now, outcome => outcome is VenueOutcome.Unknown or VenueOutcome.NotNow);

    /// <summary>Fraction that the venue refused, 0…1; null when the window has too few answers.</summary>
    public decimal? Rejects(TimeSpan now) => ShareOf(now, outcome => outcome is VenueOutcome.Refused or VenueOutcome.Halt);

    private decimal? ShareOf(TimeSpan now, Func<VenueOutcome, bool> counts)
    {
        VenueOutcome[] answers = [.. _answers.Read(now)];
        return answers.Length < countMin ? null : (decimal)answers.Count(counts) / answers.Length;
    }
}
