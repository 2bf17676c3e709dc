namespace BtcAgent.Domain.Execution.Live;

/// <summary>
/// Decides when to compare with the venue again and when to halt, from the first comparison that disagrees to the next that
/// agrees.
/// <list type="number">
/// <item>Each pause doubles, up to <see cref="PauseMax"/>, or to four times the first while the venue answers every question.</item>
/// <item>Only complete comparisons count towards the halt; the count restarts after it.</item>
/// <item>After a halt every pause is <see cref="PauseMax"/>.</item>
/// </list>
/// </summary>
/// <param name="first">First pause.</param>
/// <param name="unsettledMax">Complete comparisons that still disagree before the portfolio is halted, at least 1.</param>
public sealed class ReconciliationPace(TimeSpan first, int unsettledMax)
{
    /// <summary>Longest pause.</summary>
    public static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause while the venue answers every question, as a multiple of the first.</summary>
    public const int AnsweredFactorMax = 4;

    private readonly TimeSpan _answeredMax = first * AnsweredFactorMax;
    private TimeSpan _pause = first;
    private int _unsettled;
    private bool _isHalted;

    /// <summary>Counts a comparison that disagreed.</summary>
    /// <returns>True when the portfolio must be halted now.</returns>
    public bool MustHalt(Unsettled unsettled)
    {
        _unsettled += unsettled.HasAnswers ? 1 : 0;
        if (_unsettled < unsettledMax)
        {
            return false;
        }

        _unsettled = 0;
        _isHalted = true;
        return true;
    }

    /// <summary>Returns the pause before the next comparison.</summary>
    /// <param name="last">The previous comparison; null when it agreed and another one was requested meanwhile.</param>
    public TimeSpan Next(Unsettled? last)
    {
        var pause = _isHalted ? PauseMax : _pause;
        _pause = Least(_pause * 2, PauseMax);
        _pause = last is { HasAnswers: true } ? Least(_pause, _answeredMax) : _pause;
        return pause;
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
