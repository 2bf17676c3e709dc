using System.Text;
using BtcAgent.Social.Text;

namespace BtcAgent.Social.Tests.Text;

public sealed class PostReaderTests
{
    [Theory]
    [InlineData("Bitcoin to $100k, now!", "bitcoin to <num> , now !")]
    [InlineData("$BTC +5.2% vs -3% or 4%", "$btc <+pct> vs <-pct> or <pct>")]
    [InlineData("@satoshi see https://t.co/AbC?x=1 #Bitcoin", "<user> see <url> #bitcoin")]
    [InlineData("me@example.org", "me example . org")]
    [InlineData("BTC/USD all-time high", "btc usd all time high")]
    [InlineData("soooooo goooood!!!!", "soo good !")]
    [InlineData("profit &amp; loss &lt;3 &#36;BTC", "profit loss <num> $btc")]
    [InlineData("don’t S&P500", "don't s&p500")]
    [InlineData("Ｂｉｔｃｏｉｎ ①", "bitcoin <num>")]
    [InlineData("𝐁𝐢𝐭𝐜𝐨𝐢𝐧 𝟏𝟎𝟎 Ⓑⓣⓒ", "bitcoin <num> btc")]
    [InlineData("Café Ärger señor", "cafe arger senor")]
    [InlineData("Cafe\u0301", "cafe")]
    [InlineData("bit\u200Bco\u00ADin\u202E \u2066up\u2069", "bitcoin up")]
    [InlineData("B\u0336\u0337\u0338i\u0300\u0301\u0302t\u0336", "bit")]
    [InlineData("Вitсоin", "bitcoin")]
    [InlineData("биткоин растёт", "биткоин растёт")]
    [InlineData("比特币涨 ビットコイン", "比 特 币 涨 ビ ッ ト コ イ ン")]
    [InlineData("비트코인 상승", "비트코인 상승")]
    [InlineData("👨‍👩‍👧 👍🏽 🚀🚀", "👨 👩 👧 👍 🚀 🚀")]
    [InlineData("₿ ❤️", "₿ ❤")]
    [InlineData("x\uD800y \uDC00", "xy")]
    [InlineData("$ # @ - ' & %", "")]
    [InlineData("", "")]
    [InlineData(" \t\r\n\u3000\u00A0", "")]
    public void Read_Text_GivesCanonicalTokens(string text, string canonical) => Assert.Equal(canonical, PostReader.Read(text).Canonical);

    /// <summary>The reason for the own folding: globalization is invariant in every process of the agent.</summary>
    [Fact]
    public void Normalize_InvariantGlobalization_DoesNotFoldCompatibilityForms()
    {
        Assert.True(AppContext.TryGetSwitch("System.Globalization.Invariant", out var invariant) && invariant);
        Assert.Equal("Ｂ", "Ｂ".Normalize(NormalizationForm.FormKC));
        Assert.Equal("e\u0301", "e\u0301".Normalize(NormalizationForm.FormC));
        Assert.Equal("b", PostReader.Read("Ｂ").Canonical);
    }

    [Fact]
    public void Read_WordInCapitals_IsLoudOnlyAmongOthers()
    {
        Assert.Contains(PostReader.Read("this is HUGE news").Tokens.ToArray(), token => token.IsLoud);
        Assert.DoesNotContain(PostReader.Read("THIS IS HUGE NEWS").Tokens.ToArray(), token => token.IsLoud);
    }

    [Fact]
    public void Read_LettersOfOtherScripts_AreADisguiseOnlyInsideLatinWords()
    {
        Assert.True(PostReader.Read("free Вitcoin").HasDisguise);
        Assert.False(PostReader.Read("Биткоин and bitcoin").HasDisguise);
        Assert.False(PostReader.Read("BTCшка").HasDisguise);
    }

    [Fact]
    public void Read_Megabyte_ReadsItsBeginningOnly()
    {
        foreach (var part in (string[])["bitcoin up ", "a", "&amp;", "\u0301", "🚀", "#", "$1", "比"])
        {
            var text = PostReader.Read(string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length)));

            Assert.True(text.IsCut);
            Assert.True(text.Tokens.Length <= PostReader.TokensMax);
            Assert.True(text.Canonical.Length <= PostReader.TokensMax * (PostReader.TokenCharactersMax + 1));
        }
    }

    [Fact]
    public void Read_RandomUtf16_NeverThrowsAndIsStable()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var characters = new char[random.Next(200)];
            for (var i = 0; i < characters.Length; i++)
            {
                characters[i] = (char)(random.Next(3) switch { 0 => random.Next(0x80), 1 => random.Next(0x3000), _ => random.Next(0x10000) });
            }

            var text = PostReader.Read(new string(characters));
            var end = 0;
            foreach (var token in text.Tokens)
            {
                Assert.True(token.Length > 0 && token.Start >= end && token.End <= text.Canonical.Length, $"seed {seed}");
                end = token.End;
            }

            Assert.DoesNotContain(text.Canonical, character => char.IsControl(character));
            Assert.True(text.Canonical.Length == 0 || new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(text.Canonical) > 0, $"seed {seed}");
        }
    }

    [Fact]
    public void Read_InvisibleCharactersAnywhere_ChangesNothing()
    {
        const string post = "Bitcoin is pumping, $BTC to the moon, see https://t.co/x";
        var expected = PostReader.Read(post).Canonical;
        for (var seed = 1; seed <= 100; seed++)
        {
            var random = new Random(seed);
            var text = new StringBuilder(post);
            for (var i = 0; i < 10; i++)
            {
                text.Insert(random.Next(text.Length), "\u200B\u200D\u2060\uFEFF\u202E\u00AD\u2066"[random.Next(7)]);
            }

            Assert.True(expected == PostReader.Read(text.ToString()).Canonical, $"seed {seed}");
        }
    }
}
