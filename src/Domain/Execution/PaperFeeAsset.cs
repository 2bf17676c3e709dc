namespace BtcAgent.Domain.Execution;

public enum PaperFeeAsset : byte
{
    /// <summary>Always the quote asset.</summary>
    Quote = 1,

    /// <summary>What the order receives: base for buys, quote for sells, as Binance spot does without BNB.</summary>
    Received = 2,
}
