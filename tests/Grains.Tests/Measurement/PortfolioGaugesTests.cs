using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using BtcAgent.Domain;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Grains.Measurement;

namespace BtcAgent.Grains.Tests.Measurement;

public sealed class PortfolioGaugesTests
{
    [Fact]
    public void Record_Snapshot_SetsTheGaugesOfItsPortfolio()
    {
        const string Portfolio = "gauges-test";
        var seen = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, me) =>
            {
                if (instrument.Name.StartsWith("portfolio.", StringComparison.Ordinal))
                {
                    me.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (tags[0] is { Key: "portfolio", Value: Portfolio })
            {
                seen[instrument.Name] = value;
            }
        });
        listener.Start();
        PortfolioGauges.Record(new PortfolioSnapshot
        {
            Portfolio = Portfolio,
            QuoteAsset = "USDT",
            EventTime = default,
            Cash = 500,
            Equity = 900,
            HighWaterMark = 1_000,
            DayStartEquity = 850,
            RealizedPnl = 12,
            UnrealizedPnl = -3,
            Fees = 2,
            FillCount = 1,
            Positions =
            [
                new PositionSnapshot
                {
                    Instrument = InstrumentId.Parse("BINANCE:BTCUSDT"), Quantity = -0.01m, AveragePrice = 40_000, MarkPrice = 45_000, RealizedPnl = 0, UnrealizedPnl = 0,
                },
            ],
            Balances = ImmutableSortedDictionary<string, decimal>.Empty,
        });

        Assert.Equal(
            [
                ("portfolio.drawdown", 0.1), ("portfolio.equity", 900), ("portfolio.exposure", 0.5), ("portfolio.fees", 2), ("portfolio.pnl.day", 50),
                ("portfolio.pnl.realized", 10), ("portfolio.pnl.unrealized", -3),
            ],
            seen.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, one.Value)));
    }
}
