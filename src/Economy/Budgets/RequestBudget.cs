using BtcAgent.Economy.Settings;

namespace BtcAgent.Economy.Budgets;

/// <summary>
/// Requests per day and per minute. Each is stored before it is sent: a crash between the two costs one, and spends none twice. A clock that goes back
/// leaves day and minute as they are.
/// </summary>
/// <param name="ledger">One for all processes.</param>
/// <param name="options">Limits.</param>
/// <param name="time">Our clock.</param>
public sealed class RequestBudget(IRequestLedger ledger, FredOptions options, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>As last read or stored.</summary>
    public RequestSpend Spend { get; private set; } = RequestSpend.None;

    /// <summary>Spends a request.</summary>
    /// <returns>Null if it may be sent; otherwise when the next one may.</returns>
    public async Task<Timestamp?> TrySpendAsync(CancellationToken cancellationToken)
    {
        var utc = time.GetUtcNow();
        var (now, today) = (Timestamp.FromDateTimeOffset(utc), DateOnly.FromDateTime(utc.UtcDateTime));
        var stored = await ledger.LoadAsync(cancellationToken);
        var spend = stored with
        {
            Day = today > stored.Day ? today : stored.Day,
            InDay = today > stored.Day ? 0 : stored.InDay,
            Minute = now - stored.Minute >= Minute ? now : stored.Minute,
            InMinute = now - stored.Minute >= Minute ? 0 : stored.InMinute,
        };
        Spend = spend;
        if (spend.InDay >= options.RequestsPerDayMax)
        {
            return Timestamp.FromDateTimeOffset(new DateTimeOffset(spend.Day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        }

        if (spend.InMinute >= options.RequestsPerMinuteMax)
        {
            return spend.Minute + Minute;
        }

        spend = spend with { InDay = spend.InDay + 1, InMinute = spend.InMinute + 1 };
        await ledger.SaveAsync(spend, cancellationToken);
        Spend = spend;
        return null;
    }
}
