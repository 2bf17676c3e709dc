using System.Globalization;
using System.Numerics;
using CsCheck;

namespace BtcAgent.Domain.Tests.Values;

public sealed class PriceAndQuantityTests
{
    [Fact]
    public void FromUnits_Negative_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Price.FromUnits(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantity.FromUnits(-1));
    }

    [Fact]
    public void FromDecimal_NegativeOrTooFine_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Price.FromDecimal(-0.01m));
        Assert.Throws<ArgumentOutOfRangeException>(() => Price.FromDecimal(0.000000001m));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantity.FromDecimal(-1m));
    }

    [Theory]
    [InlineData("92233720369")]
    [InlineData("79228162514264337593543950335")]
    public void FromDecimal_AboveTheRange_Throws(string value)
    {
        var number = decimal.Parse(value, CultureInfo.InvariantCulture);
        Assert.Throws<OverflowException>(() => Price.FromDecimal(number));
        Assert.Throws<OverflowException>(() => Quantity.FromDecimal(number));
    }

    [Fact]
    public void Add_AboveTheRange_Throws()
    {
        Assert.Throws<OverflowException>(() => Price.FromUnits(long.MaxValue) + Price.FromUnits(1));
        Assert.Throws<OverflowException>(() => Quantity.FromUnits(long.MaxValue) + Quantity.FromUnits(1));
    }

    [Fact]
    public void Subtract_BelowZero_Throws()
    {
        Assert.Throws<OverflowException>(() => Price.FromUnits(1) - Price.FromUnits(2));
        Assert.Throws<OverflowException>(() => Quantity.FromUnits(1) - Quantity.FromUnits(2));
        Assert.Equal(Price.Zero, Price.FromUnits(2) - Price.FromUnits(2));
    }

    [Fact]
    public void Times_AnyPriceAndQuantity_IsExact() =>
        Gen.Select(Gen.Long[0, 1_000_000_000_000_00], Gen.Long[0, 1_000_000_000_000]).Sample((price, quantity) =>
            Assert.Equal(
                (BigInteger)price * quantity,
                (BigInteger)(Price.FromUnits(price).Times(Quantity.FromUnits(quantity)) * 10_000_000_000_000_000m)));

    [Fact]
    public void RoundToTick_AnyPrice_IsTheNearestMultipleOnThatSide() =>
        Gen.Select(Gen.Long[0, long.MaxValue / 2], Gen.Long[1, 1_000_000_000]).Sample((units, tick) =>
        {
            var price = Price.FromUnits(units);
            var down = price.RoundDownToTick(Price.FromUnits(tick));
            var up = price.RoundUpToTick(Price.FromUnits(tick));
            Assert.Equal((0L, 0L), (down.Units % tick, up.Units % tick));
            Assert.True(down <= price && price <= up);
            Assert.True(up.Units - down.Units == (units % tick == 0 ? 0 : tick));
            Assert.Equal(down.Units, Quantity.FromUnits(units).RoundDownToLot(Quantity.FromUnits(tick)).Units);
        });

    [Fact]
    public void RoundUpToTick_AboveTheRange_Throws() =>
        Assert.Throws<OverflowException>(() => Price.FromUnits(long.MaxValue).RoundUpToTick(Price.FromUnits(10)));

    [Theory]
    [InlineData("0.123456789", 12345678)]
    [InlineData("0.000000009", 0)]
    [InlineData("-3", 0)]
    public void RoundDown_Decimal_TruncatesToUnits(string value, long units) =>
        Assert.Equal(units, Quantity.RoundDown(decimal.Parse(value, CultureInfo.InvariantCulture)).Units);

    [Fact]
    public void Comparisons_AnyPair_FollowTheUnits() =>
        Gen.Select(Gen.Long[0, 5], Gen.Long[0, 5]).Sample((a, b) =>
        {
            var (p, q) = (Price.FromUnits(a), Price.FromUnits(b));
            Assert.Equal(((a < b), (a > b), a <= b, a >= b, a == b), ((p < q), (p > q), p <= q, p >= q, p == q));
            Assert.Equal(a.CompareTo(b), p.CompareTo(q));
            var (l, r) = (Quantity.FromUnits(a), Quantity.FromUnits(b));
            Assert.Equal(((a < b), (a > b), a <= b, a >= b, a == b), ((l < r), (l > r), l <= r, l >= r, l == r));
            Assert.Equal(a.CompareTo(b), l.CompareTo(r));
            Assert.Equal(Math.Min(a, b), Quantity.Min(l, r).Units);
        });

    [Fact]
    public void ToDouble_Units_IsTheNearValue()
    {
        Assert.Equal(61837.63, Price.Parse("61837.63").ToDouble(), 9);
        Assert.Equal(0.00001, Quantity.Parse("0.00001").ToDouble(), 12);
        Assert.True(Price.Zero.IsZero && Quantity.Zero.IsZero);
    }
}
