using System.Globalization;
using System.Text.Json;
using BtcAgent.Domain.Indicators;
using BtcAgent.Testing;

namespace BtcAgent.Domain.Tests.Indicators;

/// <summary>Each indicator against Skender's published results on 502 daily bars: every row, unknown where it is null.</summary>
public sealed class ReferenceIndicatorTests
{
    /// <summary>Relative to the greater of 1 and the expected value.</summary>
    private const double Tolerance = 1e-9;

    [Fact]
    public void Ema_ReferenceBars_EqualsTheReference()
    {
        var ema = new Ema(20);
        AssertEqual("ema", ["ema"], bar => [ema.Add(bar.Close)]);
    }

    [Fact]
    public void Rsi_ReferenceBars_EqualsTheReference()
    {
        var rsi = new Rsi(14);
        AssertEqual("rsi", ["rsi"], bar => [rsi.Add(bar.Close)]);
    }

    [Fact]
    public void Macd_ReferenceBars_EqualsTheReference()
    {
        var macd = new Macd(12, 26, 9);
        AssertEqual("macd", ["macd", "signal", "histogram"], bar =>
        {
            macd.Add(bar.Close);
            return [macd.Value, macd.Signal, macd.Histogram];
        });
    }

    [Fact]
    public void AverageTrueRange_ReferenceBars_EqualsTheReference()
    {
        var atr = new AverageTrueRange(14);
        AssertEqual("atr", ["atr"], bar => [atr.Add(bar.High, bar.Low, bar.Close)]);
    }

    [Fact]
    public void BollingerBands_ReferenceBars_EqualTheReference()
    {
        var bands = new BollingerBands(20, 2);
        AssertEqual("bb", ["sma", "upperBand", "lowerBand", "percentB"], bar =>
        {
            bands.Add(bar.Close);
            return [bands.Middle, bands.Upper, bands.Lower, bands.PercentB];
        });
    }

    [Fact]
    public void DirectionalMovement_ReferenceBars_EqualsTheReference()
    {
        var movement = new DirectionalMovement(14);
        AssertEqual("adx", ["pdi", "mdi", "adx"], bar =>
        {
            movement.Add(bar.High, bar.Low, bar.Close);
            return [movement.PlusDi, movement.MinusDi, movement.Adx];
        });
    }

    [Fact]
    public void Stochastic_ReferenceBars_EqualsTheReference()
    {
        var stochastic = new Stochastic(14, 3, 3);
        AssertEqual("stoch", ["oscillator", "signal"], bar =>
        {
            stochastic.Add(bar.High, bar.Low, bar.Close);
            return [stochastic.K, stochastic.D];
        });
    }

    [Fact]
    public void DonchianChannel_ReferenceBars_EqualsTheReference()
    {
        var channel = new DonchianChannel(20);
        AssertEqual("donchian", ["upperBand", "lowerBand"], bar =>
        {
            channel.Add(bar.High, bar.Low);
            return [channel.Upper, channel.Lower];
        });
    }

    [Fact]
    public void Vwap_ReferenceBarsFromTheFirst_EqualsTheReference()
    {
        var vwap = new Vwap(0);
        AssertEqual("vwap", ["vwap"], bar =>
        {
            vwap.Add(bar.High, bar.Low, bar.Close, bar.Volume);
            return [vwap.Value];
        });
    }

    private static void AssertEqual(string indicator, string[] fields, Func<QuoteRow, double[]> add)
    {
        var bars = File.ReadLines(RecordedData.Require("indicators-skender/quotes/default.csv")).Skip(1)
            .Select(QuoteRow.Parse).ToArray();
        using var expected = JsonDocument.Parse(
            File.ReadAllText(RecordedData.Require($"indicators-skender/results/{indicator}.standard.json")));
        Assert.Equal(502, bars.Length);
        Assert.Equal(bars.Length, expected.RootElement.GetArrayLength());
        for (var row = 0; row < bars.Length; row++)
        {
            var actual = add(bars[row]);
            for (var i = 0; i < fields.Length; i++)
            {
                var cell = expected.RootElement[row].GetProperty(fields[i]);
                var value = cell.ValueKind == JsonValueKind.Null ? double.NaN : cell.GetDouble();
                var same = double.IsNaN(value)
                    ? double.IsNaN(actual[i])
                    : Math.Abs(actual[i] - value) <= Tolerance * Math.Max(1, Math.Abs(value));
                Assert.True(same, $"{fields[i]} of row {row}: expected {value:R}, got {actual[i]:R}");
            }
        }
    }

    private readonly record struct QuoteRow(double High, double Low, double Close, double Volume)
    {
        public static QuoteRow Parse(string line)
        {
            var cells = line.Split(',');
            return new(Number(2), Number(3), Number(4), Number(5));

            double Number(int column) => double.Parse(cells[column], CultureInfo.InvariantCulture);
        }
    }
}
