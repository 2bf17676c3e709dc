using BtcAgent.Social.Lexicons;

namespace BtcAgent.Social.Tests.Lexicons;

public sealed class LexiconTests
{
    [Fact]
    public void Embedded_Provenance_IsItsIdAndHash()
    {
        var scorer = new LexiconScorer(Lexicon.Embedded);

        Assert.Equal("lexicon-1", scorer.Id);
        Assert.Matches("^[0-9a-f]{64}$", scorer.Hash);
        Assert.True(Lexicon.Embedded.Count > 1_000);
    }

    [Fact]
    public void Parse_OtherText_HasAnotherHash() => Assert.NotEqual(Lexicon.Parse("up\t1\ttone").Hash, Lexicon.Parse("up\t0.9\ttone").Hash);

    [Theory]
    [InlineData("", "no terms")]
    [InlineData("up 1 tone", "line 1")]
    [InlineData("# comment\nup\t1.5\ttone", "line 2")]
    [InlineData("up\tNaN\ttone", "line 1")]
    [InlineData("up\t1\tword", "line 1")]
    [InlineData("up\t1\t0", "line 1")]
    [InlineData("up,UP\t1\ttone", "'UP' is empty or present twice")]
    [InlineData("up,\t1\ttone", "'' is empty or present twice")]
    public void Parse_DamagedFile_SaysWhere(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Lexicon.Parse(text)).Message, StringComparison.Ordinal);
}
