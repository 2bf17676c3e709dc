namespace BtcAgent.Exchanges.Simulator.Accounts;

/// <summary>Two orders of an account that belong together: OCO or OTO.</summary>
internal sealed record OrderList(
    long Id, string Contingency, string ClientListId, string Symbol, AccountOrder First, AccountOrder Second, long TimeMs)
{
    public bool IsDone => !First.IsOpen && !Second.IsOpen;
}
