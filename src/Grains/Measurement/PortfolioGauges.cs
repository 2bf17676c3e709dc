using System.Diagnostics.Metrics;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Grains.Measurement;

/// <summary>The portfolios' last figures, by portfolio, for graphs; the books themselves are exact.</summary>
internal static class PortfolioGauges
{
    private static readonly Meter Meter = new(AgentMeter.Name);

    private static readonly Gauge<double> Equity = Meter.CreateGauge<double>("portfolio.equity", description: "Equity in the quote asset");

    private static readonly Gauge<double> Realized =
        Meter.CreateGauge<double>("portfolio.pnl.realized", description: "Realised profit and loss after fees, in the quote asset");

    private static readonly Gauge<double> Unrealized =
        Meter.CreateGauge<double>("portfolio.pnl.unrealized", description: "Profit and loss of open positions, in the quote asset");

    private static readonly Gauge<double> Day =
        Meter.CreateGauge<double>("portfolio.pnl.day", description: "Change of equity since the start of the UTC day, in the quote asset");

    private static readonly Gauge<double> Fees = Meter.CreateGauge<double>("portfolio.fees", description: "Fees, in the quote asset");

    private static readonly Gauge<double> Drawdown =
        Meter.CreateGauge<double>("portfolio.drawdown", description: "Equity below its highest, as a share of the highest");

    private static readonly Gauge<double> Exposure =
        Meter.CreateGauge<double>("portfolio.exposure", description: "Value of all positions regardless of direction, as a share of equity");

    public static void Record(PortfolioSnapshot snapshot)
    {
        var portfolio = new KeyValuePair<string, object?>("portfolio", snapshot.Portfolio);
        Equity.Record((double)snapshot.Equity, portfolio);
        Realized.Record((double)snapshot.NetRealizedPnl, portfolio);
        Unrealized.Record((double)snapshot.UnrealizedPnl, portfolio);
        Day.Record((double)snapshot.DayPnl, portfolio);
        Fees.Record((double)snapshot.Fees, portfolio);
        Drawdown.Record((double)snapshot.Drawdown, portfolio);
        if (snapshot.Equity > 0)
        {
            var value = snapshot.Positions.Sum(position => Math.Abs(position.Quantity * (position.MarkPrice ?? position.AveragePrice ?? 0)));
            Exposure.Record((double)(value / snapshot.Equity), portfolio);
        }
    }
}
