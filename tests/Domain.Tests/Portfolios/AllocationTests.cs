using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Domain.Tests.Portfolios;

public sealed class AllocationTests
{
    private static readonly Dictionary<string, decimal> Account = new() { ["USDT"] = 1_000, ["BTC"] = 12, ["BNB"] = 3, ["DOGE"] = 1 };

    [Theory]
    [InlineData("all", "7.5", true)]
    [InlineData("100%", "7.5", true)]
    [InlineData(" 25% ", "1.875", false)]
    [InlineData("0%", "0", false)]
    [InlineData("20.5", "20.5", false)]
    [InlineData("0", "0", false)]
    public void TryParse_Part_IsItsShareOfTheBalance(string text, string of, bool whole)
    {
        Assert.True(AllocatedPart.TryParse(text, out var part));
        Assert.Equal(decimal.Parse(of, null), part.Of(7.5m));
        Assert.Equal(whole, part.IsWhole);
    }

    [Theory]
    [InlineData("")]
    [InlineData("some")]
    [InlineData("-1")]
    [InlineData("101%")]
    [InlineData("-5%")]
    [InlineData("1,000")]
    [InlineData("1e3")]
    public void TryParse_NoPart_IsRefused(string text) => Assert.False(AllocatedPart.TryParse(text, out _));

    [Fact]
    public void Divide_NothingConfigured_LeavesCoinsOutside()
    {
        var (own, outside) = Divide([], out var problem)!.Value;
        Assert.Null(problem);
        Assert.Equal(1_000, own["USDT"]);
        Assert.Equal(0, own["BTC"]);
        Assert.Equal(12, outside.Of("BTC"));
        Assert.Equal(0, outside.Of("USDT"));
        Assert.True(outside.IsWhole("USDT"));
        Assert.False(outside.IsWhole("BTC"));
        Assert.False(outside.Balances.ContainsKey("DOGE")); // Neither traded nor named: nothing of ours ever moves it.
    }

    [Fact]
    public void Divide_Parts_AddUpToTheAccount()
    {
        var (own, outside) = Divide(new() { ["USDT"] = "33.333333333%", ["BTC"] = "2", ["BNB"] = "all" }, out _)!.Value;
        Assert.Equal(333.33333333m, own["USDT"]);
        foreach (var (asset, amount) in own)
        {
            Assert.Equal(Account[asset], amount + outside.Of(asset));
        }

        Assert.Equal(["BNB"], outside.WholeAssets);
    }

    [Fact]
    public void Divide_MoreThanThereIs_NamesTheNumbers()
    {
        Assert.Null(Divide(new() { ["USDT"] = "1000.01" }, out var problem));
        Assert.Equal("ALLOCATION: 1000.01 USDT are allocated to the portfolio, the account holds 1000; lower the allocation or pay in", problem);
    }

    private static (System.Collections.Immutable.ImmutableSortedDictionary<string, decimal> Own, OutsideHoldings Outside)? Divide(
        Dictionary<string, string> configured, out string? problem) => Allocation.Divide(
        Account,
        configured.ToDictionary(c => c.Key, c => AllocatedPart.TryParse(c.Value, out var part) ? part : throw new FormatException(c.Value)),
        "USDT",
        ["BTC"],
        out problem);
}
