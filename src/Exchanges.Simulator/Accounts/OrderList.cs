namespace BtcAgent.Exchanges.Simulator.Accounts;

/// <summary>Two linked orders of an account: OCO or OTO.</summary>
internal sealed record OrderList(
    long Id, string Contingency, string ClientListId, string Symbol, AccountOrder First, AccountOrder Second, long TimeMs)
{
    public bool IsDone => !First.IsOpen && !Second.IsOpen;
}
