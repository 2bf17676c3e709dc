using BtcAgent.Social.Budgets;
using BtcAgent.Social.X.Api;
using BtcAgent.Social.X.Settings;

namespace BtcAgent.Social.X;

/// <summary>Reads the number of posts of whole minutes, one request for each rule, without holes between two readings.</summary>
internal sealed class CountsReader(XClient client, BudgetAccount budget, PostIntake intake, XOptions options, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>X refuses an end less than this before its time.</summary>
    private static readonly TimeSpan EndMin = TimeSpan.FromSeconds(10);

    /// <summary>Longest period of one reading; what is older is left out.</summary>
    private static readonly TimeSpan PeriodMax = TimeSpan.FromDays(1);

    private Timestamp _until;

    /// <summary>Begins again with the last minute.</summary>
    public void Restart() => _until = Timestamp.Unknown;

    /// <returns>False when the budget refuses it.</returns>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var until = (Timestamp.FromDateTimeOffset(time.GetUtcNow()) - EndMin).RoundDownTo(Minute);
        var from = _until.IsKnown && until - _until < PeriodMax ? _until : until - Minute;
        if (from >= until)
        {
            return true;
        }

        var posts = 0L;
        foreach (var query in options.RulesOrDefault.Values)
        {
            if (await budget.TryReserveAsync(BudgetUse.Counts, 1, cancellationToken) is not { } reservation)
            {
                return false;
            }

            try
            {
                posts += await client.CountAsync(query, from, until, cancellationToken);
                await budget.SettleAsync(reservation, 1, CancellationToken.None);
            }
            catch (XApiException problem) when (!problem.MayBeCharged)
            {
                await budget.SettleAsync(reservation, 0, CancellationToken.None);
                throw;
            }
        }

        await intake.CountAsync(from, until, posts, cancellationToken);
        _until = until;
        return true;
    }
}
