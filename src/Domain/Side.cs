namespace BtcAgent.Domain;

public enum Side : byte
{
    Buy = 1,
    Sell = 2,
}
