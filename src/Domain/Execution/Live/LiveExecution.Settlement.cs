using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>What a comparison makes of one order: settled, corrected, doubted or gone.</summary>
public sealed partial class LiveExecution
{
    /// <summary>Status and doubts of an order, once all fills are counted. Older word than ours changes nothing.</summary>
    private void Settle(Order order, VenueOrder told)
    {
        var id = order.Intent.ClientOrderId;
        if (order.FilledQuantity > order.Quantity)
        {
            Raise(DoubtKind.Overfill, id, Text($"{order.FilledQuantity} of {id} is executed, and the venue says {order.Quantity} was ordered"), told.Payload ?? told.ToString(), told.UpdatedAt);
        }

        if (told.ExecutedQuantity != order.FilledQuantity)
        {
            SettleQuantity(order, told);
            return;
        }

        _held.Remove(id);
        Answered(id);
        if (told.IsOpen)
        {
            // One being cancelled stays in question until its end: the host sends the cancel again.
            if (order.IsOpen)
            {
                if (order.Status != OrderStatus.PendingCancel)
                {
                    _asked.Remove(id);
                }
            }
            else if (told.UpdatedAt > order.UpdatedAt || Contradict(order).Times > 1)
            {
                Correct(CorrectionKind.Reopened, id, Text($"{id} is {told.Status} at the venue while we had it as {order.Status}"), told.UpdatedAt);
                Change(order, OrderLifecycle.Correct(order, told.Status, told.VenueOrderId, told.UpdatedAt, "still open at the venue"));
                _asked.Remove(id);
            }

            return;
        }

        _asked.Remove(id);
        if (order.Status != told.Status)
        {
            Correct(CorrectionKind.MissedEnd, id,
                Text($"{id} had ended as {told.Status} at the venue while we had it as {order.Status}"), told.UpdatedAt);
            Change(order, OrderLifecycle.Correct(
                order, told.Status, told.VenueOrderId, told.UpdatedAt, told.Reason ?? order.Reason ?? "ended at the venue"));
        }
    }

    /// <summary>The venue has executed more or less than is counted.</summary>
    private void SettleQuantity(Order order, VenueOrder told)
    {
        var id = order.Intent.ClientOrderId;
        if (told.ExecutedQuantity > order.FilledQuantity)
        {
            Ask(id); // Its trades were not yet listed.
            if (Contradict(order).Times > 1)
            {
                Raise(DoubtKind.Contradiction, id, Text($"the venue executed {told.ExecutedQuantity} of {id} and lists trades of {order.FilledQuantity}"), told.Payload ?? told.ToString(), told.UpdatedAt);
            }
        }
        else if (Contradict(order).CountedBefore > told.ExecutedQuantity)
        {
            // Counted before this record was asked for, so it is no picture that a trade has overtaken.
            Ask(id);
            Raise(DoubtKind.CountAhead, id, Text($"{order.FilledQuantity} of {id} is counted, and the venue executed {told.ExecutedQuantity}"), told.Payload ?? told.ToString(), told.UpdatedAt);
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

    /// <summary>The venue has said it took it: an old picture of its records, or it has gone.</summary>
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

    /// <summary>One picture may be older than a report that overtook it; the next was asked for later.</summary>
    private Contradiction Contradict(Order order)
    {
        var before = _contradictedBefore.GetValueOrDefault(order.Intent.ClientOrderId);
        _contradicted[order.Intent.ClientOrderId] = new Contradiction(before.Times + 1, order.FilledQuantity);
        return before with { Times = before.Times + 1 };
    }
}
