using System.Globalization;
using BtcAgent.Social.Budgets;
using BtcAgent.Social.Sources;
using BtcAgent.Social.X.Api;

namespace BtcAgent.Social.X;

/// <summary>
/// Looks posts up again, and removes those that X no longer shows: deleted, of a protected or suspended author, or withheld. X's rules want that within
/// 24 hours. A post is removed only if X says so: an answer that lacks it removes nothing. A lookup reads the posts, and costs as much.
/// </summary>
internal sealed class DeletionCheck(XClient client, BudgetAccount budget, BilledPosts billed, PostIntake intake, TimeProvider time)
{
    /// <returns>The number of posts checked, from the first on: fewer than given when the budget does not allow more.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var numbers = ids.Select(id => long.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture)).ToList();
        var done = 0;
        foreach (var page in numbers.Chunk(XClient.PageMax))
        {
            if (await budget.TryReserveAsync(BudgetUse.Posts, page.Length, cancellationToken) is not { } reservation)
            {
                break;
            }

            LookupAnswer answer;
            try
            {
                answer = await client.LookupAsync(page, cancellationToken);
            }
            catch (XApiException problem) when (!problem.MayBeCharged)
            {
                await budget.SettleAsync(reservation, 0, CancellationToken.None);
                throw;
            }

            var now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
            await budget.SettleAsync(
                reservation, answer.Found.Count(post => billed.IsCharged(post.Id, now)) + answer.Malformed, CancellationToken.None);
            var found = answer.Found.ToLookup(post => post.Id, post => post.IsWithheld);
            foreach (var id in page)
            {
                if (found.Contains(id) ? found[id].Any(isWithheld => isWithheld) : answer.Gone.Contains(id))
                {
                    await intake.RemoveAsync(id, found.Contains(id) ? RemovalReason.Withheld : RemovalReason.Deleted, cancellationToken);
                }
            }

            done += page.Length;
        }

        return done;
    }
}
