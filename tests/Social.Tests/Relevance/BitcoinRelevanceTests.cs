using BtcAgent.Social.Relevance;
using BtcAgent.Social.Text;

namespace BtcAgent.Social.Tests.Relevance;

public sealed class BitcoinRelevanceTests
{
    [Theory]
    [InlineData("Bitcoin is up", 1)]
    [InlineData("$BTC long here", 1)]
    [InlineData("#Bitcoin #BTC", 1)]
    [InlineData("#bitcoinhalving soon", 1)]
    [InlineData("₿ only", 1)]
    [InlineData("Вitcoin", 1)]
    [InlineData("Ｂｉｔｃｏｉｎ", 1)]
    [InlineData("bit\u200Bcoin", 1)]
    [InlineData("买比特币吧", 1)]
    [InlineData("ビットコインは", 1)]
    [InlineData("비트코인 상승", 1)]
    [InlineData("البيتكوين يرتفع", 1)]
    [InlineData("биткоин растёт", 1)]
    [InlineData("ซื้อบิตคอยน์", 1)]
    [InlineData("$BTC and $ETH", 0.5)]
    [InlineData("bitcoin, eth, xrp, doge, bnb, avax, ltc", 0.2)]
    [InlineData("crypto is back", 0.5)]
    [InlineData("bit coin to 100k", 0.3)]
    [InlineData("selling a bit coin machine", 0)]
    [InlineData("retro 8bit coin sounds", 0)]
    [InlineData("bitcoin cash rallies", 0)]
    [InlineData("#BitcoinCash", 0)]
    [InlineData("$ETH to the moon", 0)]
    [InlineData("$AAPL earnings", 0)]
    [InlineData("see the link in the dot", 0)]
    [InlineData("#link", 0)]
    [InlineData("good morning", 0)]
    [InlineData("", 0)]
    public void Of_Text_CountsNamesOfBitcoinAndOfOthers(string text, double value)
    {
        var factor = BitcoinRelevance.Of(PostReader.Read(text));

        Assert.Equal(value, factor.Value, 12);
        Assert.NotEqual("", factor.Reason);
    }
}
