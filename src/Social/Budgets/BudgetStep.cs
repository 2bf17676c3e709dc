namespace BtcAgent.Social.Budgets;

/// <summary>The answer to a request for budget.</summary>
/// <param name="State">The state to store; the given one when refused.</param>
/// <param name="Reservation">Null when refused.</param>
/// <param name="Reason">Why it was refused, in words; empty otherwise.</param>
public sealed record BudgetStep(BudgetState State, BudgetReservation? Reservation, string Reason)
{
    internal static BudgetStep Refused(BudgetState state, string reason) => new(state, null, reason);
}
