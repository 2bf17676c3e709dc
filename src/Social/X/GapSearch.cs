using System.Net;
using BtcAgent.Social.Budgets;
using BtcAgent.Social.X.Api;
using BtcAgent.Social.X.Settings;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Social.X;

/// <summary>
/// Searches the posts that an interruption missed, page by page, each paid before it is read. A query that X refuses for good is left out, and the gap
/// counted as cut; other failures are tried again.
/// </summary>
internal sealed partial class GapSearch(
    XClient client, BudgetAccount budget, BilledPosts billed, PostIntake intake, XOptions options, Tally tally, TimeProvider time, ILogger logger)
{
    /// <summary>X searches seven days back; one hour is left for clocks that differ.</summary>
    private static readonly TimeSpan BackMax = TimeSpan.FromDays(7) - TimeSpan.FromHours(1);

    private Timestamp Now => Timestamp.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Waits for X to deliver and index, then searches until it succeeds. Returns at once without a gap.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (intake.Gap is not { } gap)
        {
            return;
        }

        var ladders = new ReconnectLadders();
        var wait = options.SearchDelay;
        var isWhole = true;
        var left = new Queue<KeyValuePair<string, string>>(options.RulesOrDefault);
        while (true)
        {
            await Task.Delay(wait, time, cancellationToken);
            try
            {
                for (; left.TryPeek(out var rule); left.Dequeue())
                {
                    isWhole &= await SearchAsync(rule, gap.Since, cancellationToken);
                }

                break;
            }
            catch (XApiException problem)
            {
                wait = ladders.Next(problem.Failure, problem.ResetAfter);
                LogFailed(logger, left.Peek().Key, problem.Message, wait.TotalSeconds);
            }
        }

        intake.CloseGap(gap.Number);
        if (!isWhole)
        {
            tally.Change(counters => counters with { GapsCut = counters.GapsCut + 1 });
        }
    }

    /// <returns>False when X refuses the query for good, or pages or budget ended first.</returns>
    private async Task<bool> SearchAsync(KeyValuePair<string, string> rule, long gap, CancellationToken cancellationToken)
    {
        try
        {
            return await SearchAsync(rule.Value, gap, cancellationToken);
        }
        catch (XApiException problem) when (IsForGood(problem.Status))
        {
            LogRefused(logger, rule.Key, problem.Message);
            return false;
        }
    }

    private static bool IsForGood(HttpStatusCode? status) => (int?)status is >= 400 and < 500
        && status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests);

    /// <returns>False when pages or budget ended first.</returns>
    private async Task<bool> SearchAsync(string query, long gap, CancellationToken cancellationToken)
    {
        var since = Math.Max(gap, Snowflake.FirstAt(Now - BackMax));
        string? next = null;
        for (var page = 0; page < options.SearchPagesMax; page++)
        {
            if (await budget.TryReserveAsync(BudgetUse.Posts, XClient.PageMax, cancellationToken) is not { } reservation)
            {
                return false;
            }

            try
            {
                var answer = await client.SearchAsync(query, since, next, cancellationToken);
                var used = answer.Posts.Count(post => billed.IsCharged(post.Id, Now)) + answer.Malformed;
                await budget.SettleAsync(reservation, used, CancellationToken.None);
                tally.Change(counters => counters with
                {
                    FromSearch = counters.FromSearch + answer.Posts.Count,
                    Malformed = counters.Malformed + answer.Malformed,
                });
                foreach (var post in answer.Posts.Reverse())
                {
                    await intake.TakeAsync(post, cancellationToken);
                }

                if (answer.NextToken is null)
                {
                    return true;
                }

                next = answer.NextToken;
            }
            catch (XApiException problem) when (!problem.MayBeCharged)
            {
                await budget.SettleAsync(reservation, 0, CancellationToken.None);
                throw;
            }
        }

        return false;
    }
}
