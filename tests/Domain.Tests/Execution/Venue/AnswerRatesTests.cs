using BtcAgent.Domain.Execution.Venue;
using CsCheck;

namespace BtcAgent.Domain.Tests.Execution.Venue;

public sealed class AnswerRatesTests
{
    private const int Min = 10;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    [Fact]
    public void Errors_TooFewAnswers_AreNotKnown()
    {
        var rates = new AnswerRates(Window, Min);
        for (var i = 0; i < Min; i++)
        {
            Assert.Null(rates.Errors(default));
            rates.Note(i < 3 ? VenueOutcome.Unknown : i < 5 ? VenueOutcome.NotNow : i < 9 ? VenueOutcome.Refused : VenueOutcome.Halt, default);
        }

        Assert.Equal((0.5m, 0.5m), (rates.Errors(default), rates.Rejects(default)));
    }

    [Fact]
    public void Errors_NothingSentSince_LeaveTheWindow()
    {
        var rates = new AnswerRates(Window, Min);
        for (var i = 0; i < Min; i++)
        {
            rates.Note(VenueOutcome.NotNow, TimeSpan.FromSeconds(i));
        }

        Assert.Equal(1, rates.Errors(Window - TimeSpan.FromTicks(1)));
        Assert.Null(rates.Errors(Window));
    }

    /// <summary>
    /// For any history of answers, the rates equal those of a list reduced to the newest answers in the window.
    /// </summary>
    [Fact]
    public void Rates_AnyHistory_CountTheNewestOfTheWindowAlone() =>
        Gen.Select(Gen.Int[0, 120], Gen.Enum<VenueOutcome>(), (seconds, outcome) => (seconds, outcome)).List[0, 150].Sample(history =>
        {
            var rates = new AnswerRates(Window, Min);
            var all = new List<(TimeSpan At, VenueOutcome Outcome)>();
            var now = TimeSpan.Zero;
            foreach (var (seconds, outcome) in history)
            {
                now += TimeSpan.FromSeconds(seconds);
                rates.Note(outcome, now);
                all.Add((now, outcome));
                VenueOutcome[] counted =
                    [.. all.TakeLast(AnswerRates.AnswersMax).Where(answer => now - answer.At < Window).Select(answer => answer.Outcome)];
                Assert.Equal(Share(counted, VenueOutcome.Unknown, VenueOutcome.NotNow), rates.Errors(now));
                Assert.Equal(Share(counted, VenueOutcome.Refused, VenueOutcome.Halt), rates.Rejects(now));
            }

            Assert.Null(rates.Errors(now + Window));
            Assert.Null(rates.Rejects(now + Window));
        });

    private static decimal? Share(VenueOutcome[] counted, VenueOutcome one, VenueOutcome other) =>
        counted.Length < Min ? null : (decimal)counted.Count(outcome => outcome == one || outcome == other) / counted.Length;
}
