namespace BtcAgent.Social.Budgets;

/// <summary>
/// The budget of one owner: each step is stored before it is answered. Safe for several threads. After a failed save the stored state
/// counts, so memory is never ahead of the store.
/// </summary>
/// <param name="governor">Decides.</param>
/// <param name="store">Keeps the state.</param>
/// <param name="epoch">The lease of this owner.</param>
/// <param name="time">Our clock.</param>
public sealed class BudgetAccount(BudgetGovernor governor, IBudgetStore store, long epoch, TimeProvider time)
{
    /// <summary>Attempts of a step that others interrupt by theirs.</summary>
    private const int AttemptsMax = 5;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _hasTakenOver;

    /// <summary>Why the last reservation was refused; empty when it was granted.</summary>
    public string Refusal { get; private set; } = "";

    /// <inheritdoc cref="BudgetOptions.ClockTolerance"/>
    public TimeSpan ClockTolerance => governor.ClockTolerance;

    /// <summary>Time for which a reservation may be read.</summary>
    public TimeSpan Horizon => governor.Horizon;

    /// <inheritdoc cref="BudgetGovernor.ReservationMax"/>
    public long ReservationMax => governor.ReservationMax;

    /// <summary>The last plan; null before the first.</summary>
    public BudgetPlan? Plan { get; private set; }

    /// <summary>Reserves and stores; null when refused.</summary>
    public async Task<BudgetReservation?> TryReserveAsync(BudgetUse use, long amount, CancellationToken cancellationToken)
    {
        var step = await StepAsync(state => governor.TryReserve(state, epoch, Now, use, amount), cancellationToken);
        Refusal = step.Reason;
        return step.Reservation;
    }

    /// <summary>Replaces a reservation by another in one step; null when refused, and the first one remains.</summary>
    public async Task<BudgetReservation?> TryRenewAsync(BudgetReservation reservation, long used, long amount, CancellationToken cancellationToken)
    {
        var step = await StepAsync(state => governor.Renew(state, epoch, Now, reservation, used, amount), cancellationToken);
        Refusal = step.Reason;
        return step.Reservation;
    }

    /// <summary>Returns what was not used.</summary>
    public Task SettleAsync(BudgetReservation reservation, long used, CancellationToken cancellationToken) => StepAsync(
        state => new BudgetStep(governor.Settle(state, epoch, reservation.Id, used), null, ""), cancellationToken);

    /// <summary>Chooses how to read now.</summary>
    /// <param name="highest">A level that the caller cannot exceed.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public async Task<BudgetPlan> ChooseAsync(BudgetLevel highest, CancellationToken cancellationToken)
    {
        BudgetPlan? plan = null;
        var step = await StepAsync(
            state =>
            {
                (state, plan) = governor.Choose(state, Now, highest);
                return new BudgetStep(state, null, "");
            },
            cancellationToken);
        return Plan = step.Reason.Length == 0 ? plan! : plan! with { Level = BudgetLevel.Off, Reason = step.Reason };
    }

    /// <summary>The stored state.</summary>
    public Task<BudgetState> ReadAsync(CancellationToken cancellationToken) => store.LoadAsync(cancellationToken);

    private Timestamp Now => Timestamp.FromDateTimeOffset(time.GetUtcNow());

    private async Task<BudgetStep> StepAsync(Func<BudgetState, BudgetStep> decide, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 0; attempt < AttemptsMax; attempt++)
            {
                var stored = await store.LoadAsync(cancellationToken);
                var state = stored;
                if (!_hasTakenOver)
                {
                    if (governor.TakeOver(stored, epoch) is not { } taken)
                    {
                        decide(stored);
                        return BudgetStep.Refused(stored, $"the budget has a later owner: lease {stored.Epoch}, not {epoch}");
                    }

                    if (!await store.TrySaveAsync(taken, cancellationToken))
                    {
                        continue;
                    }

                    state = taken;
                    _hasTakenOver = true;
                }

                var step = decide(state);
                if (state.Epoch != epoch)
                {
                    return BudgetStep.Refused(state, $"the budget has another owner: lease {state.Epoch}, not {epoch}");
                }

                if (ReferenceEquals(step.State, state) || await store.TrySaveAsync(step.State, cancellationToken))
                {
                    return step;
                }
            }

            var last = await store.LoadAsync(cancellationToken);
            decide(last);
            return BudgetStep.Refused(last, $"the budget could not be stored: it changed during each of {AttemptsMax} attempts");
        }
        finally
        {
            _gate.Release();
        }
    }
}
