namespace BtcAgent.Domain.Features;

/// <summary>What flowed during some time; amounts in 1e-8 base asset.</summary>
internal struct Flow
{
    public long OrderFlow;
    public long AbsoluteOrderFlow;
    public long BuyVolume;
    public long SellVolume;
    public long Trades;

    public readonly double OrderFlowImbalance => AbsoluteOrderFlow > 0 ? (double)OrderFlow / AbsoluteOrderFlow : 0;

    public readonly double TradeFlowImbalance =>
        BuyVolume + SellVolume > 0 ? (double)(BuyVolume - SellVolume) / (BuyVolume + SellVolume) : 0;

    public void Add(in Flow other)
    {
        OrderFlow += other.OrderFlow;
        AbsoluteOrderFlow += other.AbsoluteOrderFlow;
        BuyVolume += other.BuyVolume;
        SellVolume += other.SellVolume;
        Trades += other.Trades;
    }

    public void Subtract(in Flow other)
    {
        OrderFlow -= other.OrderFlow;
        AbsoluteOrderFlow -= other.AbsoluteOrderFlow;
        BuyVolume -= other.BuyVolume;
        SellVolume -= other.SellVolume;
        Trades -= other.Trades;
    }

    public void ForgetOrderFlow()
    {
        OrderFlow = 0;
        AbsoluteOrderFlow = 0;
    }
}
