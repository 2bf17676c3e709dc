using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>Decides the result of a comparison for one order: settled, corrected, doubted or gone.</summary>
public sealed partial class LiveExecution
{
    /// <summary>
    /// Settles status and doubts of an order after all fills are counted. A record older than ours changes nothing.
    /// </summary>
    private void Settle(Order order, VenueOrder reported)
    {
        var id = order.Intent.ClientOrderId;
        if (order.FilledQuantity > order.Quantity)
        {
            Raise(DoubtKind.Overfill, id, Text($"{order.FilledQuantity} of {id} is executed, and the venue says {order.Quantity} was ordered"), reported.Payload ?? reported.ToString(), reported.UpdatedAt);
        }

        if (reported.ExecutedQuantity != order.FilledQuantity)
        {
            SettleQuantity(order, reported);
            return;
        }

        _held.Remove(id);
        Answered(id);
        if (reported.IsOpen)
        {
            // An order being cancelled remains uncertain until its end: the host sends the cancel again.
            if (order.IsOpen)
            {
                if (order.Status != OrderStatus.PendingCancel)
                {
                    _asked.Remove(id);
                }
            }
            else if (reported.UpdatedAt > order.UpdatedAt || Contradict(order).Times > 1)
            {
                Correct(CorrectionKind.Reopened, id, Text($"{id} is {reported.Status} at the venue while we had it as {order.Status}"), reported.UpdatedAt);
                Change(order, OrderLifecycle.Correct(order, reported.Status, reported.VenueOrderId, reported.UpdatedAt, "still open at the venue"));
                _asked.Remove(id);
            }

            return;
        }

        _asked.Remove(id);
        if (order.Status != reported.Status)
        {
            Correct(CorrectionKind.MissedEnd, id,
                Text($"{id} had ended as {reported.Status} at the venue while we had it as {order.Status}"), reported.UpdatedAt);
            Change(order, OrderLifecycle.Correct(
                order, reported.Status, reported.VenueOrderId, reported.UpdatedAt, reported.Reason ?? order.Reason ?? "ended at the venue"));
        }
    }

    /// <summary>Handles an executed quantity that differs from the counted one.</summary>
    private void SettleQuantity(Order order, VenueOrder reported)
    {
        var id = order.Intent.ClientOrderId;
        if (reported.ExecutedQuantity > order.FilledQuantity)
        {
            Ask(id); // Its trades are not listed yet.
            if (Contradict(order).Times > 1)
            {
                Raise(DoubtKind.Contradiction, id, Text($"the venue executed {reported.ExecutedQuantity} of {id} and lists trades of {order.FilledQuantity}"), reported.Payload ?? reported.ToString(), reported.UpdatedAt);
            }
        }
        else if (Contradict(order).CountedBefore > reported.ExecutedQuantity)
        {
            // The fills were counted before this record was requested, so no trade can have overtaken it.
            Ask(id);
            Raise(DoubtKind.CountAhead, id, Text($"{order.FilledQuantity} of {id} is counted, and the venue executed {reported.ExecutedQuantity}"), reported.Payload ?? reported.ToString(), reported.UpdatedAt);
        }
    }

    private void Miss(Order order, Timestamp askedAt, TimeSpan requestLifetime)
    {
        var id = order.Intent.ClientOrderId;
        if (order.VenueOrderId is not null)
        {
            MissTaken(order, askedAt);
            return;
        }

        if (!order.IsOpen)
        {
            _asked.Remove(id);
            return;
        }

        var sent = _sentAt.GetValueOrDefault(id, order.UpdatedAt);
        if (askedAt - sent > requestLifetime)
        {
            Correct(CorrectionKind.NeverArrived, id,
                Text($"{id} was sent {(askedAt - sent).TotalSeconds:0.0} s ago and is not at the venue"), askedAt);
            Change(order, OrderLifecycle.Correct(
                order, OrderStatus.Rejected, null, askedAt, "NEVER_ARRIVED: the venue has no such order"));
            _asked.Remove(id);
        }
    }

    /// <summary>Handles an accepted order without a record: the records may be outdated, or the order is gone.</summary>
    private void MissTaken(Order order, Timestamp askedAt)
    {
        var id = order.Intent.ClientOrderId;
        var absences = Contradict(order).Times;
        if (absences < 2)
        {
            return;
        }

        Raise(DoubtKind.Vanished, id, $"the venue had taken {id} as {order.VenueOrderId}, and has no record of it", order.ToString(), askedAt);
        Ask(id);
        if (absences >= AbsencesMax)
        {
            _asked.Remove(id);
            _held.Remove(id);
            if (order.IsOpen)
            {
                Correct(CorrectionKind.MissedEnd, id, $"{id} is {order.Status} for us, and the venue has no record of it", askedAt);
                Change(order, OrderLifecycle.Correct(order, OrderStatus.Expired, null, askedAt, "VANISHED: the venue has no record of it"));
            }
        }
    }

    /// <summary>A single record may be older than a report that overtook it; the next one is requested later.</summary>
    private Contradiction Contradict(Order order)
    {
        var before = _contradictedBefore.GetValueOrDefault(order.Intent.ClientOrderId);
        _contradicted[order.Intent.ClientOrderId] = new Contradiction(before.Times + 1, order.FilledQuantity);
        return before with { Times = before.Times + 1 };
    }
}
