using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// Sends orders and cancels to the venue, each stored before it leaves. No grain call waits for the venue: its answers are
/// applied in the background.
/// </summary>
internal sealed partial class OrderSender(LiveWork work, LiveOrders orders, VenueAgreement agreement, SendFence fence)
{
    private readonly AnswerRates _answers = new(work.Options.AnswerWindow, work.Options.AnswersMin);
    private readonly HashSet<string> _canceling = new(StringComparer.Ordinal);

    /// <summary>Fraction of the recently sent orders without an outcome; null when there are too few.</summary>
    public decimal? ErrorRate => _answers.Errors(work.Elapsed);

    /// <summary>Fraction of the recently sent orders that the venue refused; null when there are too few.</summary>
    public decimal? RejectRate => _answers.Rejects(work.Elapsed);

    /// <summary>Stores the intent, starts sending it, and answers.</summary>
    /// <param name="intent">Intent that risk has approved, or that is part of a flatten.</param>
    /// <param name="terms">Terms read before the decision.</param>
    /// <param name="closes">Whether it is part of a flatten.</param>
    public async Task<Order> SubmitAsync(OrderIntent intent, SendTerms terms, bool closes)
    {
        if (orders.Execution?.Find(intent.ClientOrderId) is { } known)
        {
            return known;
        }

        if (fence.Refusal(terms) is { } refusal)
        {
            return OrderLifecycle.Deny(intent, refusal);
        }

        if (orders.Execution is not { TradesReadTo: not null } execution || (agreement.InDoubt && !intent.ReducesRisk))
        {
            // Not stored: the same order may be requested again when the doubt is settled.
            return OrderLifecycle.Deny(intent, $"RECONCILING: {agreement.Reason}");
        }

        var result = execution.Submit(intent, work.Now);
        if (result.IsNew)
        {
            var permit = result.Order.IsOpen ? fence.Permit(intent.ClientOrderId, Earlier(terms.NotAfter), closes) : null;
            await orders.StoreAsync();
            orders.LogChanged();
            if (permit is { WhyNot: null })
            {
                _ = work.Run(SendAsync(execution, intent, permit));
            }
        }

        return execution.Find(intent.ClientOrderId) ?? result.Order;
    }

    /// <returns>The order in its current state; null when it is unknown.</returns>
    public async Task<Order?> CancelAsync(string clientOrderId, string reason)
    {
        if (orders.Execution?.Find(clientOrderId) is not { } order)
        {
            return null;
        }

        if (orders.Execution.RequestCancel(clientOrderId, order.UpdatedAt, reason))
        {
            await orders.StoreAsync();
            StartCancel(clientOrderId);
        }

        return orders.Execution.Find(clientOrderId);
    }

    /// <summary>Sends a cancel in the background.</summary>
    /// <param name="clientOrderId">Our id, or the client order id that the venue lists.</param>
    /// <param name="venueOrderId">The venue's id, when the venue has listed the order: it never changes.</param>
    public void StartCancel(string clientOrderId, string? venueOrderId = null) => _ = work.Run(SendCancelAsync(clientOrderId, venueOrderId));

    /// <summary>Cancels the protective stop before anything else sells: it would lock the quantity.</summary>
    public async Task MakeWayAsync(string reason)
    {
        foreach (var stop in orders.Open.Where(ProtectiveStop.Is))
        {
            if (orders.Execution!.RequestCancel(stop.Intent.ClientOrderId, stop.UpdatedAt, reason))
            {
                await orders.StoreAsync();
                await SendCancelAsync(stop.Intent.ClientOrderId, venueOrderId: null);
            }
        }
    }

    private async Task SendAsync(LiveExecution execution, OrderIntent intent, SendPermit permit)
    {
        if (intent.Side == Side.Sell && !intent.ClientOrderId.StartsWith(ProtectiveStop.Ids, StringComparison.Ordinal))
        {
            await MakeWayAsync("another order sells");
        }

        var answer = await work.Venue.PlaceAsync(intent, permit, work.Ending);
        if (permit.UsedAt is not null)
        {
            _answers.Note(answer.Outcome, work.Elapsed);
        }

        if (answer.Outcome != VenueOutcome.Unknown)
        {
            fence.Answered(intent.ClientOrderId);
        }

        execution.Placed(intent.ClientOrderId, answer, work.Now);
        await orders.StoreAndDeliverAsync();
        if (answer.Outcome == VenueOutcome.Halt)
        {
            await work.Host.HaltAsync($"VENUE_REFUSES: {answer.Reason}");
        }
        else if (answer.Outcome == VenueOutcome.Unknown)
        {
            LogUnknown(work.Logger, work.Host.Portfolio, work.Host.Instrument, intent.ClientOrderId, answer.Reason);
            agreement.Ask($"order {intent.ClientOrderId}: {answer.Reason}", doubt: true);
        }
    }

    private async Task SendCancelAsync(string clientOrderId, string? venueOrderId)
    {
        if (!_canceling.Add(clientOrderId))
        {
            return; // A cancel is already in flight.
        }

        VenueAnswer answer;
        try
        {
            // By the venue's id where it is known: the client order id may have changed.
            answer = (venueOrderId ?? orders.Execution?.Find(clientOrderId)?.VenueOrderId) is { } venueId
                ? await work.Venue.CancelByVenueIdAsync(work.Host.Instrument, venueId, work.Ending)
                : await work.Venue.CancelAsync(work.Host.Instrument, clientOrderId, work.Ending);
        }
        finally
        {
            _canceling.Remove(clientOrderId);
        }

        if (orders.Execution is not { } execution)
        {
            return; // The pending comparison finds it in the venue's records.
        }

        execution.CancelAnswered(clientOrderId, answer, work.Now);
        if (execution.Find(clientOrderId)?.Status == OrderStatus.PendingCancel)
        {
            agreement.Ask($"cancel of {clientOrderId}: {answer.Reason}", doubt: true);
        }

        await orders.StoreAndDeliverAsync();
    }

    /// <summary>
    /// An order that has not arrived after the venue's request lifetime counts as never arrived, so it must not leave
    /// later.
    /// </summary>
    private Timestamp Earlier(Timestamp notAfter) => work.Now + work.Venue.RequestLifetime is var latest && latest < notAfter ? latest : notAfter;
}
