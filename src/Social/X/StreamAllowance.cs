using BtcAgent.Social.Budgets;
using BtcAgent.Social.X.Settings;

namespace BtcAgent.Social.X;

/// <summary>
/// The reservation of one connection: the rate for the horizon, at most a tenth of the budget, and the slack for posts that X sends and we never see, because
/// it does not know yet that the connection is closed or dead. Renewed when half of it is used and before it ends. At the end the slack remains spent, and
/// all of it when the reader was behind: X has sent posts that were not counted. <see cref="Over"/> closes the connection one silence before the end, also
/// while the reader is busy.
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
    private readonly CancellationTokenSource _over;
    private BudgetReservation _reservation;
    private long _receivedAt;
    private long _slack;
    private long _used;
    private long? _refusedAt;

    private StreamAllowance(BudgetAccount budget, BudgetReservation reservation, long slack, XOptions options, PostRate rate, TimeProvider time)
    {
        (_budget, _reservation, _slack, _options, _rate, _time) = (budget, reservation, slack, options, rate, time);
        _over = new CancellationTokenSource(LeftToRead, time);
        _receivedAt = time.GetTimestamp();
    }

    /// <summary>Cancelled when the connection must be closed, whatever its reader does.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>Whether the budget has refused more; otherwise the reader was too slow.</summary>
    public bool IsRefused => _refusedAt is not null;

    private TimeSpan Left => _reservation.Until - Timestamp.FromDateTimeOffset(_time.GetUtcNow());

    private TimeSpan LeftToRead => Left > _options.Silence ? Left - _options.Silence : TimeSpan.Zero;

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
        if (_over.IsCancellationRequested)
        {
            return false; // Closed meanwhile. The time of the last line shows that the reader was behind.
        }

        _receivedAt = _time.GetTimestamp();

        // A connection closes one silence before the end, since nothing may be received until then; blank lines come at least twice in a silence.
        if ((_used * 2 >= Readable || Left < 2.5 * _options.Silence)
            && !(_refusedAt is { } refusedAt && _time.GetElapsedTime(refusedAt) < RefusedFor))
        {
            var slack = Slack(_options, _rate);
            if (await _budget.TryRenewAsync(_reservation, _used, Chunk(_budget, _rate) + slack, cancellationToken) is { } renewed)
            {
                (_reservation, _slack, _used, _refusedAt) = (renewed, slack, 0, null);
                _over.CancelAfter(LeftToRead);
                return !_over.IsCancellationRequested;
            }

            _refusedAt = _time.GetTimestamp();
        }

        return _used < Readable && Left > _options.Silence;
    }

    /// <summary>X has refused the connection, or was not reached: it sends nothing.</summary>
    public void NeverOpened() => (_slack, _receivedAt) = (0, _time.GetTimestamp());

    /// <summary>Call after the connection is closed.</summary>
    public async Task CloseAsync()
    {
        _over.Dispose();
        var used = _used + _slack;
        var isBehind = _time.GetElapsedTime(_receivedAt) > _options.Silence + InFlight;
        await _budget.SettleAsync(_reservation, isBehind ? Math.Max(used, _reservation.Amount) : used, CancellationToken.None);
    }

    private static long Chunk(BudgetAccount budget, PostRate rate) =>
        Math.Min(Math.Clamp((long)Math.Ceiling(rate.PerSecond * budget.Horizon.TotalSeconds), ChunkMin, ChunkMax), budget.ReservationMax);

    /// <summary>At least the rate for a silence, which a dead connection may take.</summary>
    private static long Slack(XOptions options, PostRate rate) =>
        Math.Max(options.SlackReads, (long)Math.Ceiling(rate.PerSecond * (options.Silence + InFlight).TotalSeconds));
}
