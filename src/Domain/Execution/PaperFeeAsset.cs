namespace BtcAgent.Domain.Execution;

public enum PaperFeeAsset : byte
{
    /// <summary>Always the quote asset.</summary>
    Quote = 1,

    /// <summary>
    /// The asset that the order receives: base for buys, quote for sells, as on Binance spot without BNB.
    /// </summary>
    Received = 2,
}
