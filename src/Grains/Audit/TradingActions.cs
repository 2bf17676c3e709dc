using System.Globalization;
using BtcAgent.Domain.Audit;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Grains.Audit;

/// <summary>Translates facts into entries of the audit.</summary>
internal static class TradingActions
{
    /// <summary>Returns null for a fact that is not an action: market data, samples, decisions without an order, marks.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="number">Distinguishes entries of this process.</param>
    public static AuditDraft? Of(Fact fact, string number) => fact switch
    {
        OrderFact { Order: var order } => new AuditDraft
        {
            Id = number,
            Kind = AuditKind.Trading,
            Actor = order.Intent.Strategy ?? "agent",
            Action = Words(order.Status),
            Subject = $"{order.Intent.Portfolio}/{order.Intent.Instrument.Key}/{order.Name}",
            Reason = order.Reason,
            After = string.Create(
                CultureInfo.InvariantCulture,
                $"{order.Intent.Side} {order.Quantity} {order.Intent.Type} {order.Intent.LimitPrice}, filled {order.FilledQuantity}"),
            Outcome = AuditOutcome.Done,
        },
        FillFact { Fill: var fill } => new AuditDraft
        {
            Id = number,
            Kind = AuditKind.Trading,
            Actor = "venue",
            Action = "fill",
            Subject = $"{fill.Portfolio}/{fill.Instrument.Key}/{fill.ClientOrderId}",
            After = string.Create(CultureInfo.InvariantCulture, $"{fill.Side} {fill.Quantity} at {fill.Price}, trade {fill.TradeId}"),
            Outcome = AuditOutcome.Done,
        },
        AgentEventFact { Kind: AgentEventKind.Breaker or AgentEventKind.Limit or AgentEventKind.Model } change => new AuditDraft
        {
            Id = number,
            Kind = AuditKind.Trading,
            Actor = change.Actor,
            Action = $"{change.Kind.ToString().ToLowerInvariant()} {change.Name}",
            Subject = change.Subject,
            Reason = change.Reason,
            Before = change.From,
            After = change.To,
            Outcome = AuditOutcome.Done,
        },
        _ => null,
    };

    private static string Words(OrderStatus status) => $"order {status.ToString().ToLowerInvariant()}";
}
