namespace BtcAgent.Exchanges.Simulator.Accounts;

/// <summary>One change of an order's quantity, as listed by <c>order/amendments</c>.</summary>
internal sealed record OrderAmendment(
    string Symbol, long OrderId, long ExecutionId, string OldClientId, string NewClientId, Quantity OldQuantity, Quantity NewQuantity, long TimeMs);
