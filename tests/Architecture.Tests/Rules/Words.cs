using System.Collections.Frozen;
using System.Text.RegularExpressions;
using BtcAgent.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BtcAgent.Architecture.Tests.Rules;

/// <summary>
/// Phrases that comments, messages and docs no longer use, each with its replacement. <c>docs/words.md</c> has the whole list of
/// words; these are the ones that a search finds without false alarms.
/// </summary>
public static class Words
{
    /// <summary>The file that lists these phrases.</summary>
    public const string Glossary = "docs/words.md";

    /// <summary>Uses that stay, by file and phrase, each with the reason.</summary>
    private static readonly FrozenDictionary<(string Path, string Phrase), string> Kept =
        new Dictionary<(string Path, string Phrase), string>
        {
            [("src/Streaming.Kafka/KafkaStreamMeter.cs", "anew")] = "part of a metric's name, which stays",
        }.ToFrozenDictionary();

    /// <summary>A space in a pattern matches any white space, line breaks and the comment leaders after them included.</summary>
    private static readonly (Regex Pattern, string Instead)[] Phrases =
    [
        .. new (string Pattern, string Instead)[]
        {
            (@"anew", "again, new or restart"),
            (@"tell|tells|telling|told", "report, log, notify or distinguish"),
            (@"mend|mends|mended|mending", "fix, correct or repair"),
            (@"(?<!\bthere )(is|are|was|were) no(?! longer| more than| less than| later than| earlier than)", "is not a, or has no"),
            (@"of (its|their|his) own", "its own, or separate"),
            (@"go on|goes on|going on|went on", "continue, resume or keep"),
            (@"let go|lets go|letting go", "release or delete"),
            (@"stand|stands|stood", "be, remain, be in force or represent"),
            (@"all the same", "still, anyway or nevertheless"),
            (@"so many", "a number of, or the given number"),
            (@"whoever", "the caller, anyone who, or a name"),
            (@"parts (from|at)", "diverges from"),
            (@"orders? by hand", "manual order"),
            (@"is as it was", "is unchanged"),
            (@"(?<=<(?:summary|returns|param[^>]*)>[\s/*]*)what", "the noun that it stands for, such as the reason, result or count"),
        }.Select(phrase =>
            (new Regex($@"\b(?:{phrase.Pattern})\b".Replace(" ", @"[\s/*]+"), RegexOptions.IgnoreCase), phrase.Instead)),
    ];

    /// <summary>Comments and string literals of a C# file.</summary>
    public static IEnumerable<string> Check(SourceFile file) =>
        from part in Parts(file.Root)
        from found in Find(file.Path, part.Text)
        let line = file.Root.SyntaxTree.GetLineSpan(new(part.Start + found.Index, 0)).StartLinePosition.Line + 1
        select $"{file.Path}({line}): {found.What}";

    /// <summary>A whole text file, such as a page of the docs.</summary>
    public static IEnumerable<string> Check(string path, string text) =>
        path == Glossary
            ? []
            : Find(path, text).Select(found => $"{path}({text.AsSpan(0, found.Index).Count('\n') + 1}): {found.What}");

    /// <summary>Entries of the list of kept uses that no file has any more.</summary>
    public static IEnumerable<string> Unused(IEnumerable<SourceFile> files)
    {
        var used = files.Where(file => Kept.Keys.Any(kept => kept.Path == file.Path))
            .SelectMany(file => Parts(file.Root).SelectMany(part => Matches(part.Text)).Select(match => (file.Path, match.Phrase)))
            .ToHashSet();
        return Kept.Keys.Where(kept => !used.Contains(kept))
            .Select(kept => $"{kept.Path} no longer says '{kept.Phrase}': correct the list");
    }

    private static IEnumerable<(int Index, string What)> Find(string path, string text) =>
        from match in Matches(text)
        where !Kept.ContainsKey((path, match.Phrase))
        orderby match.Index
        select (match.Index, $"'{match.Said}': say {match.Instead}");

    private static IEnumerable<(int Index, string Said, string Phrase, string Instead)> Matches(string text) =>
        from phrase in Phrases
        from Match match in phrase.Pattern.Matches(text)
        let said = Regex.Replace(match.Value, @"[\s/*]+", " ")
        select (match.Index, said, said.ToLowerInvariant(), phrase.Instead);

    /// <summary>The comments around each token, and the text of each literal.</summary>
    private static IEnumerable<(int Start, string Text)> Parts(SyntaxNode root)
    {
        foreach (var token in root.DescendantTokens())
        {
            if (token.HasLeadingTrivia)
            {
                yield return (token.LeadingTrivia.FullSpan.Start, token.LeadingTrivia.ToFullString());
            }

            if (token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
                or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.Utf8StringLiteralToken)
            {
                yield return (token.SpanStart, token.Text);
            }

            if (token.HasTrailingTrivia)
            {
                yield return (token.TrailingTrivia.FullSpan.Start, token.TrailingTrivia.ToFullString());
            }
        }
    }
}
