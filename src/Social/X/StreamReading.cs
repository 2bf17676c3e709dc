using BtcAgent.Social.Budgets;
using BtcAgent.Social.X.Api;

namespace BtcAgent.Social.X;

/// <summary>Reads one open connection until it ends or must be closed.</summary>
internal sealed class StreamReading(
    BudgetAccount budget, StreamAllowance allowance, BilledPosts billed, PostIntake intake, RuleSync rules, PostRate rate, Tally tally, TimeSpan silence,
    TimeProvider time)
{
    /// <summary>Time between two choices of the level.</summary>
    private static readonly TimeSpan ChooseEvery = TimeSpan.FromMinutes(1);

    private readonly long _openedAt = time.GetTimestamp();
    private long _chosenAt = time.GetTimestamp();
    private bool _hasDelivered;

    /// <summary>
    /// Whether a post or a sign of life was received, and the stream lasted for a silence. Each connection costs the slack: one that ends at once must not be
    /// followed by another at once.
    /// </summary>
    public bool HasWorked => _hasDelivered && time.GetElapsedTime(_openedAt) >= silence;

    /// <param name="lines">The connection.</param>
    /// <param name="level">The level it was opened for.</param>
    /// <param name="beside">Searches and checks that run meanwhile; called with each line.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<StreamEnd> RunAsync(
        LineReader lines, BudgetLevel level, Func<Task> beside, CancellationToken cancellationToken)
    {
        while (true)
        {
            LineOutcome outcome;
            try
            {
                outcome = await lines.ReadAsync();
            }
            catch (Exception problem) when (IsOver && !cancellationToken.IsCancellationRequested
                && problem is OperationCanceledException or ObjectDisposedException or IOException)
            {
                return Over();
            }
            catch (Exception problem) when (problem is IOException or TimeoutException)
            {
                return Lost(problem is TimeoutException ? $"the stream is dead: {problem.Message}" : $"the stream broke off ({problem.GetType().Name})");
            }

            var charged = 0;
            switch (outcome)
            {
                case LineOutcome.End:
                    return IsOver ? Over() : Lost("X closed the stream");
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
                    _hasDelivered |= line.Kind is StreamLineKind.Post or StreamLineKind.KeepAlive;
                    break;
            }

            await beside();
            if (!await allowance.ReceiveAsync(charged, cancellationToken))
            {
                return Over();
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

    private bool IsOver => allowance.Over.IsCancellationRequested;

    private StreamEnd Over() => allowance.IsRefused ? StreamEnd.OutOfBudget(budget.Refusal) : StreamEnd.ReaderTooSlow;

    /// <summary>A stream that has not worked climbs a ladder: at once would be a loop.</summary>
    private StreamEnd Lost(string reason) => StreamEnd.Lost(HasWorked ? XFailure.Ended : XFailure.Transport, reason);
}
