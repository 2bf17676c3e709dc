using System.Globalization;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>The stored state and its restoration, and orders created from the venue's records alone.</summary>
public sealed partial class LiveExecution
{
    public LiveExecutionState ToState()
    {
        var ended = _book.OldestFirst.Where(order => !order.IsOpen).ToList();
        var unstored = ended.Take(Math.Max(0, ended.Count - StoredOrdersMax)).ToList();
        var left = unstored.Select(order => order.Intent.ClientOrderId).ToHashSet(StringComparer.Ordinal);
        return new LiveExecutionState
        {
            Portfolio = _portfolio,
            Instrument = _rules.Instrument,
            Orders = [.. _book.OldestFirst.Where(order => !left.Contains(order.Intent.ClientOrderId) && !IsReadAgain(order))],
            SentAt = _sentAt,
            PendingFills = [.. _fills],
            TradesReadTo = _trades.ReadTo,
            TradesSeen = _trades.Seen,
            Corrections = _corrections,
            EndedIds = [.. _book.EndedIds, .. unstored.Where(order => !order.IsAdopted).Select(order => order.Intent.ClientOrderId)],
            EndedVenueIds = [.. _book.EndedVenueIds, .. unstored.Select(order => order.VenueOrderId).OfType<string>()],
            Doubts = _doubts.Kept,
            LastFillNumber = _lastFillNumber,
            Layout = LiveExecutionState.CurrentLayout,
            Unconfirmed = [.. ended.Select(order => order.Intent.ClientOrderId).Where(id => _asked.Contains(id) && !left.Contains(id))],
        };
    }

    /// <summary>
    /// True for another program's open order without a fill or a cancel by the agent: the next comparison reads it again.
    /// </summary>
    private static bool IsReadAgain(Order order) =>
        order.IsAdopted && order.IsOpen && order.FillCount == 0 && order.Status != OrderStatus.PendingCancel;

    private void Restore(LiveExecutionState state)
    {
        if (state.Portfolio != _portfolio || state.Instrument != _rules.Instrument)
        {
            throw new ArgumentException(
                $"state of {state.Portfolio}/{state.Instrument} given to {_portfolio}/{_rules.Instrument}",
                nameof(state));
        }

        var isFirstLayout = state.Layout < LiveExecutionState.CurrentLayout;
        _sentAt = _sentAt.AddRange(state.SentAt);
        _fills.AddRange(state.PendingFills);
        _trades.Restore(state.TradesReadTo, state.TradesSeen);
        _corrections = state.Corrections;
        _doubts.Restore(state.Doubts);
        _lastFillNumber = isFirstLayout ? state.TradesReadTo ?? 0 : state.LastFillNumber;
        _book.RememberEnded(state.EndedIds, state.EndedVenueIds);
        foreach (var stored in state.Orders)
        {
            // The first layout did not record the owner of an order, and counted fills of adopted orders from their
            // adoption on.
            var order = isFirstLayout && !DecisionId.IsOwn(stored.Intent.ClientOrderId) ? stored with { CountedTo = state.TradesReadTo ?? 0 } : stored;
            Add(order);
            if (order.Status == OrderStatus.PendingCancel)
            {
                Ask(order.Intent.ClientOrderId); // The cancel may not have been sent.
            }
        }

        foreach (var id in state.Unconfirmed)
        {
            Ask(id);
        }

        _changed.Clear();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Creates an order without a stored intent from the venue's record of it.</summary>
    private Order Adopted(VenueOrder order, string id) => new()
    {
        Intent = new OrderIntent
        {
            ClientOrderId = id,
            Decision = DecisionId.From(_portfolio, "foreign", order.Instrument, order.UpdatedAt),
            Strategy = "foreign",
            Portfolio = _portfolio,
            Instrument = order.Instrument,
            Side = order.Side,
            Type = order.Type,
            TimeInForce = order.TimeInForce,
            Quantity = order.QuantityToFill,
            LimitPrice = order.LimitPrice,
            StopPrice = order.StopPrice,
            EventTime = order.UpdatedAt,
            ReferencePrice = order.LimitPrice?.ToDecimal() ?? 0,
            ReducesRisk = false,
        },
        Status = OrderStatus.Accepted,
        VenueOrderId = order.VenueOrderId,
        VenueName = id == order.ClientOrderId ? null : order.ClientOrderId,
        VenueTime = order.UpdatedAt,
        CountedTo = _trades.ReadTo ?? 0,
        UpdatedAt = order.UpdatedAt,
        Reason = "adopted from the venue",
    };

    private void Answered(string id)
    {
        if (_sentAt.ContainsKey(id))
        {
            _sentAt = _sentAt.Remove(id);
            Version++;
        }
    }

    private void Change(Order before, Order after)
    {
        if (ReferenceEquals(before, after))
        {
            return;
        }

        _book.Set(after);
        if (!after.IsOpen)
        {
            _sentAt = _sentAt.Remove(after.Intent.ClientOrderId);
        }

        Touch(after.Intent.ClientOrderId);
    }

    private void Touch(string id)
    {
        Version++;
        if (!_changed.Contains(id))
        {
            _changed.Add(id);
        }
    }

    private void Add(Order order)
    {
        _book.Add(order, id => !_held.ContainsKey(id) && !_asked.Contains(id));
        Touch(order.Intent.ClientOrderId);
    }

    private void Correct(CorrectionKind kind, string subject, string reason, Timestamp eventTime)
    {
        var correction = new Correction($"{kind}-{subject}", kind, reason, eventTime);
        if (_corrections.Any(known => known.Id == correction.Id && known.Reason == reason))
        {
            return; // Read again, as orders of others are after a restart.
        }

        _corrections = [.. _corrections.TakeLast(CorrectionsKept - 1), correction];
        Version++;
    }

    private void Raise(DoubtKind kind, string subject, string words, string payload, Timestamp eventTime) =>
        Version += _doubts.Raise(kind, subject, words, payload, eventTime) ? 1 : 0;
}
