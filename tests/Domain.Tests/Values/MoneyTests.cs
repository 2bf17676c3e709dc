using CsCheck;

namespace BtcAgent.Domain.Tests.Values;

public sealed class MoneyTests
{
    [Fact]
    public void AddAndSubtract_SameAsset_AreInverse() =>
        Gen.Select(Gen.Long, Gen.Long).Sample((a, b) =>
        {
            var (left, right) = (new Money(a, "USDT"), new Money(b, "USDT"));
            Assert.Equal(left, left + right - right);
            Assert.Equal(Money.Zero("USDT"), left + -left);
        });

    [Fact]
    public void AddOrSubtract_OtherAsset_Throws()
    {
        Assert.Throws<InvalidOperationException>(() => new Money(1, "USDT") + new Money(1, "BTC"));
        Assert.Throws<InvalidOperationException>(() => new Money(1, "USDT") - new Money(1, "BTC"));
    }

    [Fact]
    public void ToString_Amount_NamesTheAsset() => Assert.Equal("1.50 USDT", new Money(1.50m, "USDT").ToString());
}
