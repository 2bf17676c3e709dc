using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Reports;

namespace BtcAgent.Research.Tests.Reports;

/// <summary>Four years of minute bars: 2.1 million steps, a round trip every seven minutes.</summary>
public sealed class ReportSizeTests
{
    private const int RoundTrips = 300_001;
    private static readonly Lazy<ReportContent> Years = new(() => Make(RoundTrips));

    [Fact]
    public void Render_FourYearsOfMinutes_StaysUnderFiveMegabytesWithFiguresOfAll()
    {
        var json = JsonReport.Render(Years.Value);

        Assert.InRange(json.Length, 1, 5_000_000);
        using var report = JsonDocument.Parse(json);
        var root = report.RootElement;
        Assert.Equal(RoundTrips, root.GetProperty("roundTripsTotal").GetInt32());
        Assert.Equal(2 * RoundTrips, root.GetProperty("fillsTotal").GetInt32());
        Assert.Equal(Years.Value.Metrics.NetProfit, root.GetProperty("metrics").GetProperty("netProfit").GetDouble());
        Assert.Equal(Years.Value.Metrics.WinRate, root.GetProperty("metrics").GetProperty("winRate").GetDouble());
        Assert.Equal(Years.Value.Result.Fees, root.GetProperty("fees").GetDecimal());
    }

    [Fact]
    public void Render_ManyRoundTrips_HoldsEveryNthFromTheFirstAndTheLast()
    {
        using var report = JsonDocument.Parse(JsonReport.Render(Years.Value));
        var every = report.RootElement.GetProperty("roundTripsEvery").GetInt32();
        var rows = report.RootElement.GetProperty("roundTrips");

        Assert.Equal(61, every);
        Assert.Equal(((RoundTrips - 1) / every) + 2, rows.GetArrayLength());
        Assert.InRange(rows.GetArrayLength(), 1, JsonReport.RowsMax);
        Assert.Equal(1, rows[0].GetProperty("entryPrice").GetDecimal());
        Assert.Equal(1 + every, rows[1].GetProperty("entryPrice").GetDecimal());
        Assert.Equal(RoundTrips, rows[rows.GetArrayLength() - 1].GetProperty("entryPrice").GetDecimal());
    }

    [Fact]
    public void Render_AllRowsAskedFor_HoldsEachOnce()
    {
        const int More = JsonReport.RowsMax + 3_000;
        using var report = JsonDocument.Parse(JsonReport.Render(Make(More), allRows: true));

        Assert.Equal(1, report.RootElement.GetProperty("roundTripsEvery").GetInt32());
        Assert.Equal(More, report.RootElement.GetProperty("roundTrips").GetArrayLength());
        Assert.Equal(2 * More, report.RootElement.GetProperty("fills").GetArrayLength());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(JsonReport.RowsMax / 2)]
    [InlineData(JsonReport.RowsMax)]
    [InlineData(JsonReport.RowsMax + 1)]
    [InlineData((2 * JsonReport.RowsMax) - 1)]
    public void Render_RoundTripsAroundTheLimit_NeverHoldsMoreAndNeverTwice(int roundTrips)
    {
        using var report = JsonDocument.Parse(JsonReport.Render(Make(roundTrips)));
        var prices = report.RootElement.GetProperty("roundTrips").EnumerateArray().Select(t => t.GetProperty("entryPrice").GetDecimal()).ToArray();

        Assert.Equal(roundTrips <= JsonReport.RowsMax, prices.Length == roundTrips);
        Assert.InRange(prices.Length, 0, JsonReport.RowsMax);
        Assert.Equal(prices.Length, prices.Distinct().Count());
        Assert.Equal(roundTrips, prices.LastOrDefault());
    }

    [Fact]
    public void Render_FourYearsOfMinutesAsAPage_StaysUnderOneMegabyte() =>
        Assert.InRange(Encoding.UTF8.GetByteCount(HtmlReport.Render(Years.Value)), 10_000, 1_000_000);

    private static ReportContent Make(int roundTrips)
    {
        var start = Timestamp.FromUnixMilliseconds(1_600_000_020_000);
        var random = new Random(3);
        var trips = ImmutableArray.CreateBuilder<RoundTrip>(roundTrips);
        var fills = ImmutableArray.CreateBuilder<BacktestFill>(2 * roundTrips);
        for (var i = 0; i < roundTrips; i++)
        {
            // The number of a round trip is its entry price, so that a row says which it is.
            var (entry, exit) = (start + TimeSpan.FromMinutes(7 * i), start + TimeSpan.FromMinutes((7 * i) + 3));
            var gross = (random.Next(2_001) - 1_000) / 100m;
            trips.Add(new RoundTrip(entry, exit, Side.Buy, 0.01234567m, i + 1, 61_234.56789012m, gross, 0.12345678m));
            fills.Add(new BacktestFill(entry, Side.Buy, 61_234.56789012m, 0.01234567m, 0.06172839m, IsMaker: false, 61_230.12m, 12.5));
            fills.Add(new BacktestFill(exit, Side.Sell, 61_234.56789012m, 0.01234567m, 0.06172839m, IsMaker: false, 61_230.12m, 12.5));
        }

        var equity = 100_000.0;
        var curve = Enumerable.Range(0, BacktestResult.CurvePointsMax).Select(i => new CurvePoint(
            start + TimeSpan.FromMinutes(10 * i), equity += random.NextDouble() - 0.5, 60_000 + (100 * random.NextDouble()), random.NextDouble()));
        return ReportContent.Of(new BacktestResult
        {
            Strategy = "ema-cross(10,20)",
            Instrument = "BINANCE:BTCUSDT",
            QuoteAsset = "USDT",
            Source = "synthetic",
            Settings = ImmutableSortedDictionary<string, string>.Empty,
            InitialCash = 100_000,
            InitialBase = 0,
            FinalCash = 100_000 + trips.Sum(t => t.NetPnl),
            FinalBase = 0,
            Fees = fills.Sum(f => f.Fee),
            Orders = 2 * roundTrips,
            Fills = fills.ToImmutable(),
            RoundTrips = trips.ToImmutable(),
            Curve = [.. curve],
            Steps = 2_100_000,
        });
    }
}
