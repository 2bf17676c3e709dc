using System.Globalization;
using System.Text.Json;
using BtcAgent.Research.Metrics;
using BtcAgent.Testing;

namespace BtcAgent.Research.Tests.Metrics;

/// <summary>Figures equal those that empyrical and LEAN publish, where they define the same thing.</summary>
public sealed class RecordedStatisticsTests
{
    private const double Tolerance = 1e-8;

    [Fact]
    public void Empyrical_PublishedCases_AreEqual()
    {
        using var cases = JsonDocument.Parse(File.ReadAllText(RecordedData.Require("portfolio-stats/empyrical_cases.json")));
        var compared = 0;
        Check("max_drawdown", (r, _) => ReturnStatistics.MaxDrawdown(r));

        // A missing period counts as one of return 0 there: the year is divided by all periods.
        Check("annual_return", (r, c) => ReturnStatistics.AnnualReturn(r, Periods(c[1].GetString()!)));
        Check("annual_volatility", (r, c) => ReturnStatistics.AnnualVolatility(r, Periods(c[1].GetString()!)));
        Check("sharpe_rf0_daily", (r, _) => ReturnStatistics.Sharpe(r, 252));
        Check("downside_risk", (r, c) => ReturnStatistics.DownsideRisk(r, Periods(c[2].GetString()!), c[1].GetDouble()));
        Check("sortino_req0", (r, c) => ReturnStatistics.Sortino(r, Periods(c[1].GetString()!)));
        Assert.True(compared > 25, $"{compared} cases");

        void Check(string name, Func<double[], JsonElement, double> figure)
        {
            foreach (var one in cases.RootElement.GetProperty(name).EnumerateArray())
            {
                var expected = Number(one[one.GetArrayLength() - 1]);
                var actual = figure(Series(one[0].GetString()!, name is "annual_return" or "calmar"), one);
                Assert.True(
                    actual.Equals(expected) || Math.Abs(actual - expected) <= Tolerance * Math.Max(1, Math.Abs(expected)),
                    $"{name} {one}: {actual}, expected {expected}");
                compared++;
            }
        }

        double[] Series(string name, bool countsMissing)
        {
            var numbers = name.StartsWith("inline:", StringComparison.Ordinal)
                ? JsonDocument.Parse(name["inline:".Length..]).RootElement
                : cases.RootElement.GetProperty("series").GetProperty(name);
            return [.. numbers.EnumerateArray().Select(Number).Select(n => countsMissing && double.IsNaN(n) ? 0 : n).Where(n => !double.IsNaN(n))];
        }
    }

    [Fact]
    public void Lean_RollingSortino_IsEqual()
    {
        const int Window = 15;
        var rows = File.ReadLines(RecordedData.Require("portfolio-stats/lean_spy_sortino.csv")).Skip(1).Select(l => l.Split(',')).ToArray();
        var returns = rows.Select(r => Parse(r[5])).ToArray();
        var compared = 0;
        for (var i = Window; i < rows.Length; i++)
        {
            var window = returns[(i - Window + 1)..(i + 1)];
            Assert.Equal(Parse(rows[i][^2]), ReturnStatistics.Sortino(window, 1), 1e-7);
            Assert.Equal(Parse(rows[i][^1]), ReturnStatistics.Sortino(window, 1, 0.01), 1e-7);
            compared++;
        }

        Assert.True(compared > 20, $"{compared} rows");
    }

    private static double Periods(string name) => name switch { "daily" => 252, "weekly" => 52, _ => 12 };

    private static double Number(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String when element.GetString() == "Infinity" => double.PositiveInfinity,
        _ => double.NaN,
    };

    private static double Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
}
