using System.Globalization;
using BtcAgent.Research.Archives;

namespace BtcAgent.Cli.Downloads;

/// <summary>A symbol, a kind of rows and a range of days, and where Binance's archive has them.</summary>
/// <param name="Symbol">Such as <c>BTCUSDT</c>.</param>
/// <param name="Kind">Kind of rows.</param>
/// <param name="Interval">Interval of klines as Binance writes it, such as <c>1m</c>; empty for other kinds.</param>
/// <param name="From">First UTC day.</param>
/// <param name="To">Last UTC day.</param>
internal sealed record DownloadPlan(string Symbol, ArchiveKind Kind, string Interval, DateOnly From, DateOnly To)
{
    private string KindName => Kind switch { ArchiveKind.Klines => "klines", ArchiveKind.Trades => "trades", _ => "aggTrades" };

    /// <summary>The parts, in order: whole months, and days where a month is not whole.</summary>
    public IEnumerable<DownloadPart> Parts()
    {
        for (var day = From; day <= To;)
        {
            var monthEnd = day.AddMonths(1).AddDays(-1);
            if (day.Day == 1 && monthEnd <= To)
            {
                yield return new DownloadPart(day, monthEnd);
                day = monthEnd.AddDays(1);
            }
            else
            {
                yield return new DownloadPart(day, day);
                day = day.AddDays(1);
            }
        }
    }

    /// <summary>Path of a part below the archive's root.</summary>
    public string PathOf(DownloadPart part)
    {
        var folder = Kind == ArchiveKind.Klines ? $"{KindName}/{Symbol}/{Interval}" : $"{KindName}/{Symbol}";
        return $"data/spot/{(part.IsMonth ? "monthly" : "daily")}/{folder}/{NameOf(part)}.zip";
    }

    /// <summary>Name of a part's file without ending.</summary>
    public string NameOf(DownloadPart part) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Symbol}-{(Kind == ArchiveKind.Klines ? Interval : KindName)}-{(part.IsMonth ? part.First.ToString("yyyy-MM", CultureInfo.InvariantCulture) : part.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))}");
}
