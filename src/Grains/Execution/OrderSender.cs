using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// Sends orders and cancels to the venue, each stored before it leaves. No grain call waits for the venue: what it answers is applied
/// beside the calls.
/// </summary>
internal sealed partial class OrderSender(LiveWork work, LiveOrders orders, VenueAgreement agreement, SendFence fence)
{
    private readonly AnswerRates _answers = new(TimeSpan.FromMinutes(work.Options.AnswerWindowMinutes), work.Options.AnswersMin);
    private readonly HashSet<string> _canceling = new(StringComparer.Ordinal);

    /// <summary>Share of the orders sent lately without an outcome; null for too few.</summary>
    public decimal? ErrorRate => _answers.Errors(work.Elapsed);

    /// <summary>Share of the orders sent lately that the venue refused; null for too few.</summary>
    public decimal? RejectRate => _answers.Rejects(work.Elapsed);

    /// <summary>Stores the intent, starts sending it, and answers.</summary>
    /// <param name="intent">Approved by risk, or part of a flatten.</param>
    /// <param name="terms">From before it was decided.</param>
    /// <param name="closes">It is part of a flatten.</param>
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
            // Not remembered: the same order may be asked for again when the doubt is over.
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

    /// <returns>Null when the order is not known; else as it is now.</returns>
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

    /// <summary>Sends a cancel beside the caller.</summary>
    /// <param name="clientOrderId">As we know it, or as the venue lists it.</param>
    /// <param name="venueOrderId">When the venue has listed it: that name lasts, the other may change.</param>
    public void StartCancel(string clientOrderId, string? venueOrderId = null) => _ = work.Run(SendCancelAsync(clientOrderId, venueOrderId));

    /// <summary>A protective stop locks what it would sell: it is cancelled before anything else sells.</summary>
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
            return; // On its way already.
        }

        VenueAnswer answer;
        try
        {
            // By the venue's id where it is known: the name may have been changed.
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
            return; // The comparison that is due learns of it from the venue.
        }

        execution.CancelAnswered(clientOrderId, answer, work.Now);
        if (execution.Find(clientOrderId)?.Status == OrderStatus.PendingCancel)
        {
            agreement.Ask($"cancel of {clientOrderId}: {answer.Reason}", doubt: true);
        }

        await orders.StoreAndDeliverAsync();
    }

    /// <summary>An order that has not arrived after the venue's request lifetime counts as never arrived: it must not leave later.</summary>
    private Timestamp Earlier(Timestamp notAfter) => work.Now + work.Venue.RequestLifetime is var latest && latest < notAfter ? latest : notAfter;
}
