using BtcAgent.Social.Budgets;
using BtcAgent.Social.X.Settings;

namespace BtcAgent.Social.X;

/// <summary>
/// The reservation of one connection: the rate for the horizon, at most a tenth of the budget, and the slack for posts that X sends before it sees that we close. Renewed when half of it
/// is used and before it ends.
/// </summary>
internal sealed class StreamAllowance
{
    private const int ChunkMin = 20;
    private const int ChunkMax = 5_000;

    /// <summary>Wait after a refused renewal.</summary>
    private static readonly TimeSpan RefusedFor = TimeSpan.FromSeconds(15);

    /// <summary>Time from a post's sending to our reading of it, by which posts are charged that we never see.</summary>
    private static readonly TimeSpan InFlight = TimeSpan.FromSeconds(2);

    private readonly BudgetAccount _budget;
    private readonly XOptions _options;
    private readonly PostRate _rate;
    private readonly TimeProvider _time;
    private BudgetReservation _reservation;
    private long _used;
    private long _heardAt;
    private long? _refusedAt;

    private StreamAllowance(BudgetAccount budget, BudgetReservation reservation, XOptions options, PostRate rate, TimeProvider time)
    {
        (_budget, _reservation, _options, _rate, _time) = (budget, reservation, options, rate, time);
        _heardAt = time.GetTimestamp();
    }

    private long Readable => _reservation.Amount - _options.SlackReads;

    /// <summary>Null when the budget refuses it.</summary>
    public static async Task<StreamAllowance?> OpenAsync(
        BudgetAccount budget, XOptions options, PostRate rate, TimeProvider time, CancellationToken cancellationToken) =>
        await budget.TryReserveAsync(BudgetUse.Posts, Amount(budget, options, rate), cancellationToken) is { } reservation
            ? new StreamAllowance(budget, reservation, options, rate, time)
            : null;

    /// <summary>Something was received, a post or a sign of life.</summary>
    /// <param name="charged">Posts in it that are charged.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>False when the connection must close now.</returns>
    public async ValueTask<bool> ReceiveAsync(int charged, CancellationToken cancellationToken)
    {
        _used += charged;
        _heardAt = _time.GetTimestamp();
        var left = _reservation.Until - Timestamp.FromDateTimeOffset(_time.GetUtcNow());

        // A connection closes one silence before the end, since nothing may be received until then; blank lines come at least twice in a silence.
        if ((_used * 2 >= Readable || left < 2.5 * _options.Silence)
            && !(_refusedAt is { } refusedAt && _time.GetElapsedTime(refusedAt) < RefusedFor))
        {
            if (await _budget.TryRenewAsync(_reservation, _used, Amount(_budget, _options, _rate), cancellationToken) is { } renewed)
            {
                (_reservation, _used, _refusedAt) = (renewed, 0, null);
                return true;
            }

            _refusedAt = _time.GetTimestamp();
        }

        return _used < Readable && left > _options.Silence;
    }

    /// <summary>Call after the connection is closed. What X may have sent since the last line remains spent.</summary>
    public Task CloseAsync()
    {
        var unseen = (long)Math.Ceiling(_rate.PerSecond * (_time.GetElapsedTime(_heardAt) + InFlight).TotalSeconds);
        return _budget.SettleAsync(_reservation, _used + Math.Min(unseen, _options.SlackReads), CancellationToken.None);
    }

    private static long Amount(BudgetAccount budget, XOptions options, PostRate rate) =>
        Math.Min(Math.Clamp((long)Math.Ceiling(rate.PerSecond * budget.Horizon.TotalSeconds), ChunkMin, ChunkMax), budget.ReservationMax) + options.SlackReads;
}
