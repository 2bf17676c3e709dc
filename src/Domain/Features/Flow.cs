using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Features;

/// <summary>Flow over a period; amounts in 1e-8 base asset.</summary>
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

    /// <summary>Saved as part of <see cref="FlowWindows"/>, under its version.</summary>
    public readonly void Save(StateWriter writer)
    {
        writer.Write(OrderFlow);
        writer.Write(AbsoluteOrderFlow);
        writer.Write(BuyVolume);
        writer.Write(SellVolume);
        writer.Write(Trades);
    }

    public void Load(StateReader reader)
    {
        OrderFlow = reader.ReadLong();
        AbsoluteOrderFlow = reader.ReadLong();
        BuyVolume = reader.ReadLong();
        SellVolume = reader.ReadLong();
        Trades = reader.ReadLong();
    }
}
