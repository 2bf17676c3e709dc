using BtcAgent.Social.Budgets;
using BtcAgent.Social.X.Api;

namespace BtcAgent.Social.X;

/// <summary>Reads one open connection until it ends or must be closed.</summary>
internal sealed class StreamReading(
    BudgetAccount budget, StreamAllowance allowance, BilledPosts billed, PostIntake intake, RuleSync rules, PostRate rate, Tally tally, TimeProvider time)
{
    /// <summary>Time between two choices of the level.</summary>
    private static readonly TimeSpan ChooseEvery = TimeSpan.FromMinutes(1);

    private long _chosenAt = time.GetTimestamp();

    /// <summary>Whether a post or a sign of life was received.</summary>
    public bool HasWorked { get; private set; }

    /// <param name="lines">The connection.</param>
    /// <param name="level">The level it was opened for.</param>
    /// <param name="beside">Searches and checks that run meanwhile; called with each line.</param>
    /// <param name="onWorks">Called with the first line.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<StreamEnd> RunAsync(
        LineReader lines, BudgetLevel level, Func<Task> beside, Action onWorks, CancellationToken cancellationToken)
    {
        while (true)
        {
            LineOutcome outcome;
            try
            {
                outcome = await lines.ReadAsync();
            }
            catch (Exception problem) when (problem is IOException or TimeoutException)
            {
                return Lost(problem is TimeoutException ? $"the stream is dead: {problem.Message}" : $"the stream broke off ({problem.GetType().Name})");
            }

            var charged = 0;
            switch (outcome)
            {
                case LineOutcome.End:
                    return Lost("X closed the stream");
                case LineOutcome.TooLong:
                    // If it was a post, it is charged.
                    charged = 1;
                    tally.Change(counters => counters with { TooLong = counters.TooLong + 1 });
                    break;
                default:
                    var now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
                    var line = StreamLine.Read(lines.Line, now);
                    if (line.Kind == StreamLineKind.Error)
                    {
                        tally.Change(counters => counters with { DisconnectNotices = counters.DisconnectNotices + 1 });
                        return line.Issue == StreamLine.TooManyConnections
                            ? StreamEnd.Lost(XFailure.Http, "X has another stream of this app open")
                            : Lost($"X disconnects: {line.Issue}");
                    }

                    charged = await TakeAsync(line, now, cancellationToken);
                    Works(onWorks);
                    break;
            }

            await beside();
            if (!await allowance.ReceiveAsync(charged, cancellationToken))
            {
                return StreamEnd.OutOfBudget(budget.Refusal);
            }

            if (time.GetElapsedTime(_chosenAt) >= ChooseEvery)
            {
                _chosenAt = time.GetTimestamp();
                if ((await budget.ChooseAsync(BudgetLevel.Stream, cancellationToken)).Level != level)
                {
                    return StreamEnd.LevelChanged;
                }
            }
        }
    }

    /// <returns>Posts that are charged: 0 or 1.</returns>
    private async ValueTask<int> TakeAsync(StreamLine line, Timestamp now, CancellationToken cancellationToken)
    {
        if (line.Post is not { } post)
        {
            tally.Change(counters => line.Kind == StreamLineKind.KeepAlive
                ? counters with { KeepAlives = counters.KeepAlives + 1 }
                : counters with { Malformed = counters.Malformed + 1 });
            return line.Kind == StreamLineKind.Malformed ? 1 : 0;
        }

        rate.Add();
        if (rules.IsOurs(post))
        {
            await intake.TakeAsync(post, cancellationToken);
        }
        else
        {
            tally.Change(counters => counters with { Foreign = counters.Foreign + 1 });
        }

        return billed.IsCharged(post.Id, now) ? 1 : 0;
    }

    private void Works(Action onWorks)
    {
        if (!HasWorked)
        {
            HasWorked = true;
            onWorks();
        }
    }

    /// <summary>A stream that never delivered has not worked: at once would be a loop.</summary>
    private StreamEnd Lost(string reason) => StreamEnd.Lost(HasWorked ? XFailure.Ended : XFailure.Transport, reason);
}
