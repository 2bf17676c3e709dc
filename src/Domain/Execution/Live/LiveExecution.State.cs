using System.Globalization;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>What is kept over a restart, and how an order is made from the venue's word alone.</summary>
public sealed partial class LiveExecution
{
    public LiveExecutionState ToState()
    {
        var ended = _oldestFirst.Where(id => !_orders[id].IsOpen).ToList();
        var unstored = ended.Take(Math.Max(0, ended.Count - StoredOrdersMax)).ToHashSet(StringComparer.Ordinal);
        return new LiveExecutionState
        {
            Portfolio = _portfolio,
            Instrument = _rules.Instrument,
            Orders = [.. _oldestFirst.Where(id => !unstored.Contains(id)).Select(id => _orders[id])],
            SentAt = _sentAt,
            PendingFills = [.. _fills],
            TradesReadTo = _tradesReadTo,
            TradesSeen = _tradesSeen,
            Corrections = _corrections,
            EndedIds = [.. _endedInOrder, .. ended.Take(unstored.Count)],
        };
    }

    private void Restore(LiveExecutionState state)
    {
        if (state.Portfolio != _portfolio || state.Instrument != _rules.Instrument)
        {
            throw new ArgumentException(
                $"state of {state.Portfolio}/{state.Instrument} given to {_portfolio}/{_rules.Instrument}",
                nameof(state));
        }

        _sentAt = _sentAt.AddRange(state.SentAt);
        _fills.AddRange(state.PendingFills);
        _tradesReadTo = state.TradesReadTo;
        _tradesSeen = state.TradesSeen;
        _corrections = state.Corrections;
        foreach (var id in state.EndedIds)
        {
            RememberEnded(id);
        }

        foreach (var order in state.Orders)
        {
            Add(order);
            if (order.Status == OrderStatus.PendingCancel)
            {
                Ask(order.Intent.ClientOrderId, order.UpdatedAt); // The cancel may never have been sent.
            }
        }

        _changed.Clear();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>An order on our account that we have no intent for: its intent is what the venue says it is.</summary>
    private Order Adopted(VenueOrder order) => new()
    {
        Intent = new OrderIntent
        {
            ClientOrderId = order.ClientOrderId,
            Decision = DecisionId.From(_portfolio, "foreign", order.Instrument, order.UpdatedAt),
            Portfolio = _portfolio,
            Instrument = order.Instrument,
            Side = order.Side,
            Type = order.Type,
            TimeInForce = order.TimeInForce,
            Quantity = order.Quantity,
            LimitPrice = order.LimitPrice,
            StopPrice = order.StopPrice,
            EventTime = order.UpdatedAt,
            ReferencePrice = order.LimitPrice?.ToDecimal() ?? 0,
            ReducesRisk = false,
        },
        Status = OrderStatus.Accepted,
        VenueOrderId = order.VenueOrderId,
        UpdatedAt = order.UpdatedAt,
        Reason = "adopted from the venue",
    };
}
