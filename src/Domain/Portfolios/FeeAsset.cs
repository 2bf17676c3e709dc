namespace BtcAgent.Domain.Portfolios;

/// <summary>
/// An asset beside the traded ones that fees were paid in. Without a price of its market the fees are not in the books, and
/// equity is too high by them; with an old one it is as wrong as the price.
/// </summary>
/// <param name="Asset">Such as <c>BNB</c>.</param>
/// <param name="Paid">Since the books began, in this asset.</param>
/// <param name="Uncounted">Part of it that no price has turned into quote asset yet; it counts with the first price.</param>
/// <param name="Price">Last price in quote asset; null when there was none.</param>
/// <param name="PricedAt">Event time of the portfolio when the price came.</param>
[GenerateSerializer, Immutable, Alias("FeeAsset")]
public sealed record FeeAsset(
    [property: Id(0)] string Asset,
    [property: Id(1)] decimal Paid,
    [property: Id(2)] decimal Uncounted,
    [property: Id(3)] decimal? Price,
    [property: Id(4)] Timestamp PricedAt);
