using BtcAgent.Architecture.Tests.Rules;
using BtcAgent.Architecture.Tests.Sources;

namespace BtcAgent.Architecture.Tests;

public sealed class WordsTests
{
    [Fact]
    public void Check_OurSources_UseTheHousesWords() => Violations.None(Repository.Sources.SelectMany(Words.Check));

    [Fact]
    public void Check_OurDocs_UseTheHousesWords() =>
        Violations.None(Repository.Docs.SelectMany(doc => Words.Check(doc.Key, doc.Value)));

    [Fact]
    public void Unused_KeptPhrases_AreStillThere() => Violations.None(Words.Unused(Repository.Sources));

    [Fact]
    public void Unused_NoFiles_ReportsTheList() =>
        Assert.Contains("no longer says 'anew'", string.Join('\n', Words.Unused([])), StringComparison.Ordinal);

    [Theory]
    [InlineData("docs/operating.md")]
    [InlineData("docs/decisions/0001-embedded-store-on-sqlite.md")]
    [InlineData("README.md")]
    [InlineData(Words.Glossary)]
    public void Docs_KnownPage_IsRead(string path) => Assert.NotEmpty(Repository.Docs[path]);

    [Theory]
    [InlineData("/// <summary>Begins anew.</summary>\nclass A;", "A.cs(1): 'anew'")]
    [InlineData("/// <summary>A gap, after which the book goes\n/// on.</summary>\nclass A;", "A.cs(1): 'goes on'")]
    [InlineData("class A\n{\n    int b; // Told by the feed.\n}", "A.cs(3): 'Told'")]
    [InlineData("class A\n{\n    // The name\n    // stands here.\n    int b;\n}", "A.cs(4): 'stands'")]
    [InlineData("class A { string b = \"mend the folder's permissions\"; }", "A.cs(1): 'mend'")]
    [InlineData("class A { string B(int c) => $\"'{c}' is no price\"; }", "A.cs(1): 'is no'")]
    [InlineData("class A\n{\n    string b = \"\"\"\n        on a server of\n        its own\n        \"\"\";\n}", "A.cs(4): 'of its own'")]
    [InlineData("class A; // Whoever asks.", "A.cs(1): 'Whoever'")]
    [InlineData("/// <summary>\n/// What the parser made of a frame.\n/// </summary>\nclass A;", "A.cs(2): 'What'")]
    [InlineData("/// <param name=\"kind\">What to compute.</param>\nclass A(int kind);", "A.cs(1): 'What'")]
    public void Check_OldPhrase_IsReported(string code, string expected) =>
        Violations.One(expected, Words.Check(SourceFile.Parse("A.cs", code)));

    [Theory]
    [InlineData("/// <summary>There is no such file; it is no longer read.</summary>\nclass A;")]
    [InlineData("/// <summary>Returns what was read.</summary>\nclass A; // What follows is sorted.")]
    [InlineData("class A { bool Tells(string told) => told == nameof(A); }")]
    [InlineData("/// <summary>Its own understanding, outstanding orders, a standby.</summary>\nclass A;")]
    public void Check_GoodPhrase_IsSilent(string code) => Violations.None(Words.Check(SourceFile.Parse("A.cs", code)));

    [Fact]
    public void Check_OldPhraseInAPage_IsReportedWithItsLine() =>
        Violations.One("docs/a.md(3): 'lets go'", Words.Check("docs/a.md", "# Risk\n\nThe breaker lets\ngo by itself."));

    [Fact]
    public void Check_Glossary_MayNameTheOldPhrases() => Violations.None(Words.Check(Words.Glossary, "instead of tell"));
}
