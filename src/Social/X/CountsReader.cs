using BtcAgent.Social.Budgets;
using BtcAgent.Social.X.Api;
using BtcAgent.Social.X.Settings;

namespace BtcAgent.Social.X;

/// <summary>
/// Reads the number of posts of whole minutes, one request for each rule, without holes between two readings. All requests of a reading are reserved in one
/// step; after a failure the next reading asks for what is missing, since the rest is paid.
/// </summary>
internal sealed class CountsReader(XClient client, BudgetAccount budget, PostIntake intake, XOptions options, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>X refuses an end less than this before its time.</summary>
    private static readonly TimeSpan EndMin = TimeSpan.FromSeconds(10);

    /// <summary>Longest period of one reading; what is older is left out.</summary>
    private static readonly TimeSpan PeriodMax = TimeSpan.FromDays(1);

    private readonly Dictionary<string, long> _counted = new(StringComparer.Ordinal);
    private (Timestamp From, Timestamp Until) _period;
    private Timestamp _until;

    /// <summary>Begins again with the last minute.</summary>
    public void Restart()
    {
        _until = Timestamp.Unknown;
        _counted.Clear();
    }

    /// <returns>False when the budget refuses it.</returns>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_counted.Count == 0)
        {
            var until = (Timestamp.FromDateTimeOffset(time.GetUtcNow()) - EndMin).RoundDownTo(Minute);
            var from = _until.IsKnown && until - _until < PeriodMax ? _until : until - Minute;
            if (from >= until)
            {
                return true;
            }

            _period = (from, until);
        }

        var left = options.RulesOrDefault.Values.Distinct(StringComparer.Ordinal).Where(query => !_counted.ContainsKey(query)).ToList();
        if (await budget.TryReserveAsync(BudgetUse.Counts, left.Count, cancellationToken) is not { } reservation)
        {
            return false;
        }

        var used = 0;
        try
        {
            foreach (var query in left)
            {
                _counted[query] = await client.CountAsync(query, _period.From, _period.Until, cancellationToken);
                used++;
            }
        }
        catch (XApiException problem)
        {
            await budget.SettleAsync(reservation, problem.MayBeCharged ? used + 1 : used, CancellationToken.None);
            throw;
        }

        await budget.SettleAsync(reservation, used, CancellationToken.None);
        await intake.CountAsync(_period.From, _period.Until, _counted.Values.Sum(), cancellationToken);
        _until = _period.Until;
        _counted.Clear();
        return true;
    }
}
