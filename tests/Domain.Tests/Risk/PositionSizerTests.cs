using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using CsCheck;

namespace BtcAgent.Domain.Tests.Risk;

public sealed class PositionSizerTests
{
    [Theory]
    [InlineData(SignalDirection.Long, 0.5)]
    [InlineData(SignalDirection.Flat, 0)]
    [InlineData(SignalDirection.Short, -0.5)]
    public void Target_FixedFraction_IsFractionOfEquity(SignalDirection direction, decimal expected) =>
        Assert.Equal(expected, PositionSizer.Target(direction, 100_000, 50_000, double.NaN, new SizingOptions()));

    [Fact]
    public void Target_VolatilityTarget_IsInverseToVolatility()
    {
        var sizing = new SizingOptions
        {
            Method = SizingMethod.VolatilityTarget,
            TargetVolatility = 0.2m,
            MaxFraction = 1
        };
        var half = 0.4 / Math.Sqrt(PositionSizer.SecondsPerYear);
        var target = PositionSizer.Target(SignalDirection.Long, 100_000, 50_000, half, sizing);
        Assert.Equal(1.0, (double)target!.Value, 12);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-300)]
    [InlineData(1e-9)]
    public void Target_StillMarket_IsCapped(double volatility)
    {
        var sizing = new SizingOptions { Method = SizingMethod.VolatilityTarget };
        Assert.Equal(1, PositionSizer.Target(SignalDirection.Long, 100_000, 50_000, volatility, sizing));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1.0)]
    [InlineData(double.PositiveInfinity)]
    public void Target_UnknownVolatility_IsUnknown(double volatility)
    {
        var sizing = new SizingOptions { Method = SizingMethod.VolatilityTarget };
        Assert.Null(PositionSizer.Target(SignalDirection.Long, 100_000, 50_000, volatility, sizing));
        Assert.Equal(0, PositionSizer.Target(SignalDirection.Flat, 100_000, 50_000, volatility, sizing));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Target_NoEquity_IsZero(decimal equity) =>
        Assert.Equal(0, PositionSizer.Target(SignalDirection.Long, equity, 50_000, 0.1, new SizingOptions()));

    [Fact]
    public void Target_AnyInput_StaysWithinCap() =>
        Gen.Select(Gen.Double[-12, 40].Select(power => Math.Pow(10, power)), Gen.Int[1, 1_000_000],
            Gen.Bool).Sample((volatility, equity, fixedFraction) =>
        {
            var sizing = new SizingOptions
            {
                Method = fixedFraction ? SizingMethod.FixedFraction : SizingMethod.VolatilityTarget,
                Fraction = 2,
            };
            var target = PositionSizer.Target(SignalDirection.Short, equity, 40_000, volatility, sizing)!.Value;
            Assert.InRange(-target * 40_000, 0, (0.5m * equity) + 1e-9m);
        });
}
