namespace BtcAgent.Chaos.Tests.Outside;

/// <summary>Actions of another trader with the account's key.</summary>
internal enum StrangerAct
{
    /// <summary>Places an order that rests far away.</summary>
    Rest,

    /// <summary>Reduces an open order of the agent, which thereby gets another client id.</summary>
    Amend,

    /// <summary>Trades up to an open order of the agent, which loses the prevented quantity.</summary>
    Decrement,

    /// <summary>Places an order under the client id of an order of the agent that has filled.</summary>
    Reuse,

    /// <summary>Trades at market.</summary>
    Trade,

    /// <summary>Trades up to an open order of the agent, which expires.</summary>
    Expire,

    /// <summary>Cancels one of his orders.</summary>
    Cancel,

    /// <summary>Places an order at the touch, which the agent's next may meet.</summary>
    Quote,
}
