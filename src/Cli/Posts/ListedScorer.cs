using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Posts;

/// <summary>A scorer of tones.</summary>
/// <param name="Id">Name and version.</param>
/// <param name="Hash">SHA-256 of what it reads tones from.</param>
/// <param name="Terms">Terms of its lexicon; null for a model.</param>
/// <param name="Classes">Its classes, from bad to good; of a model in the order of its output.</param>
internal sealed record ListedScorer(string Id, string Hash, int? Terms, IReadOnlyList<string> Classes)
{
    /// <summary>One line for people.</summary>
    public string Describe() =>
        $"{SafeText.Of(Id)}, {(Terms is { } terms ? $"{Figures.Count(terms)} terms" : $"a model with the classes {SafeText.Of(string.Join(", ", Classes))}")}, SHA-256 {Hash}";
}
