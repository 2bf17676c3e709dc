namespace BtcAgent.Domain.Portfolios;

/// <summary>
/// An asset other than the traded ones in which fees were paid. Without a price of its market the fees are not booked, and
/// equity is too high by them; with an old price it is as inaccurate as the price.
/// </summary>
/// <param name="Asset">Asset name, such as <c>BNB</c>.</param>
/// <param name="Paid">Amount paid since the books began, in this asset.</param>
/// <param name="Uncounted">Part of it that has not been valued yet; the first price values it.</param>
/// <param name="Price">Last price in quote asset; null when there was none.</param>
/// <param name="PricedAt">The portfolio's event time when the price arrived.</param>
[GenerateSerializer, Immutable, Alias("FeeAsset")]
public sealed record FeeAsset(
    [property: Id(0)] string Asset,
    [property: Id(1)] decimal Paid,
    [property: Id(2)] decimal Uncounted,
    [property: Id(3)] decimal? Price,
    [property: Id(4)] Timestamp PricedAt);
