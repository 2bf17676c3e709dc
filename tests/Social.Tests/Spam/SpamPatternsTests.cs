using BtcAgent.Social.Spam;
using BtcAgent.Social.Text;

namespace BtcAgent.Social.Tests.Spam;

public sealed class SpamPatternsTests
{
    [Theory]
    [InlineData("HUGE Bitcoin GIVEAWAY", "spam.phrase")]
    [InlineData("send 0.5 BTC and get 1 back", "spam.phrase")]
    [InlineData("guaranteed-profits every day", "spam.phrase")]
    [InlineData("free Вitcoin", "spam.phrase", "spam.disguise")]
    [InlineData("give\u200Baway", "spam.phrase")]
    [InlineData("#a #b #c #d #e #f", "spam.hashtags")]
    [InlineData("$A $B $C $D $E $F", "spam.cashtags")]
    [InlineData("@a @b @c @d @e @f", "spam.mentions")]
    [InlineData("Bitcoin closed above its average")]
    [InlineData("the bank forgave away")]
    [InlineData("")]
    public void Of_Text_NamesItsPatterns(string text, params string[] names)
    {
        var factors = SpamPatterns.Of(PostReader.Read(text));

        Assert.Equal(names, factors.Select(factor => factor.Name));
        Assert.All(factors, factor => Assert.InRange(factor.Value, 0, 0.5));
    }

    [Fact]
    public void Of_EveryPhraseRepeated_ListsAFewOnly()
    {
        var text = PostReader.Read(string.Concat(Enumerable.Repeat("giveaway airdrop whatsapp ", 500)));

        Assert.Equal(SpamPatterns.PhrasesMax, SpamPatterns.Of(text).Count);
    }
}
