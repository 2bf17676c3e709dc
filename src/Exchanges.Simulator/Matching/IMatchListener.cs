namespace BtcAgent.Exchanges.Simulator.Matching;

/// <summary>Receives what a matching engine does, in order.</summary>
internal interface IMatchListener
{
    void OnTrade(RestingOrder maker, long takerId, Side aggressor, Price price, Quantity quantity);

    /// <summary>The total quantity that now rests at a price; zero when the level is gone.</summary>
    void OnLevel(Side side, Price price, Quantity quantity);
}
