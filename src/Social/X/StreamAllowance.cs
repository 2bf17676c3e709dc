using BtcAgent.Social.Budgets;
using BtcAgent.Social.X.Settings;

namespace BtcAgent.Social.X;

/// <summary>
/// The reservation of one connection: the rate for the horizon, at most a tenth of the budget, and the slack for posts that X sends and we never see, because
/// it does not know yet that the connection is closed or dead. Renewed when half of it is used and before it ends. At the end the slack remains spent.
/// </summary>
internal sealed class StreamAllowance
{
    private const int ChunkMin = 20;
    private const int ChunkMax = 5_000;

    /// <summary>Wait after a refused renewal.</summary>
    private static readonly TimeSpan RefusedFor = TimeSpan.FromSeconds(15);

    /// <summary>Time from a post's sending to our reading of it.</summary>
    private static readonly TimeSpan InFlight = TimeSpan.FromSeconds(2);

    private readonly BudgetAccount _budget;
    private readonly XOptions _options;
    private readonly PostRate _rate;
    private readonly TimeProvider _time;
    private BudgetReservation _reservation;
    private long _slack;
    private long _used;
    private long? _refusedAt;

    private StreamAllowance(BudgetAccount budget, BudgetReservation reservation, long slack, XOptions options, PostRate rate, TimeProvider time) =>
        (_budget, _reservation, _slack, _options, _rate, _time) = (budget, reservation, slack, options, rate, time);

    private long Readable => _reservation.Amount - _slack;

    /// <summary>Null when the budget refuses it.</summary>
    public static async Task<StreamAllowance?> OpenAsync(
        BudgetAccount budget, XOptions options, PostRate rate, TimeProvider time, CancellationToken cancellationToken)
    {
        var slack = Slack(options, rate);
        return await budget.TryReserveAsync(BudgetUse.Posts, Chunk(budget, rate) + slack, cancellationToken) is { } reservation
            ? new StreamAllowance(budget, reservation, slack, options, rate, time)
            : null;
    }

    /// <summary>Something was received, a post or a sign of life.</summary>
    /// <param name="charged">Posts in it that are charged.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>False when the connection must close now.</returns>
    public async ValueTask<bool> ReceiveAsync(int charged, CancellationToken cancellationToken)
    {
        _used += charged;
        var left = _reservation.Until - Timestamp.FromDateTimeOffset(_time.GetUtcNow());

        // A connection closes one silence before the end, since nothing may be received until then; blank lines come at least twice in a silence.
        if ((_used * 2 >= Readable || left < 2.5 * _options.Silence)
            && !(_refusedAt is { } refusedAt && _time.GetElapsedTime(refusedAt) < RefusedFor))
        {
            var slack = Slack(_options, _rate);
            if (await _budget.TryRenewAsync(_reservation, _used, Chunk(_budget, _rate) + slack, cancellationToken) is { } renewed)
            {
                (_reservation, _slack, _used, _refusedAt) = (renewed, slack, 0, null);
                return true;
            }

            _refusedAt = _time.GetTimestamp();
        }

        return _used < Readable && left > _options.Silence;
    }

    /// <summary>Call after the connection is closed.</summary>
    public Task CloseAsync() => _budget.SettleAsync(_reservation, _used + _slack, CancellationToken.None);

    private static long Chunk(BudgetAccount budget, PostRate rate) =>
        Math.Min(Math.Clamp((long)Math.Ceiling(rate.PerSecond * budget.Horizon.TotalSeconds), ChunkMin, ChunkMax), budget.ReservationMax);

    /// <summary>At least the rate for a silence, which a dead connection may take.</summary>
    private static long Slack(XOptions options, PostRate rate) =>
        Math.Max(options.SlackReads, (long)Math.Ceiling(rate.PerSecond * (options.Silence + InFlight).TotalSeconds));
}
