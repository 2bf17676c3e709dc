using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Posts;

/// <summary>
/// Scored posts for people: a row of figures with the beginning of the text, below it the terms with their rules and the factors that
/// lower the weight. Rows are written as posts are read, so the columns have fixed widths.
/// </summary>
internal static class ScoredPostText
{
    public const string Headings = "  line  class       tone  confidence  weight  relevance  language  text";

    private const string Indent = "        ";
    private const int WidthDefault = 120;

    /// <param name="post">The scored post.</param>
    /// <param name="text">Its text; any.</param>
    /// <param name="width">Columns of the terminal; null where there is none.</param>
    public static string Of(ScoredPost post, string text, int? width)
    {
        var row = $"{post.Line,6}  {Figures.Word(post.Class),-8}  {Figures.Number(post.Tone, "+0.000;-0.000;0.000"),6}  {Figures.Number(post.Confidence, "0.000"),10}  "
            + $"{Figures.Number(post.Weight, "0.0000"),6}  {Figures.Number(post.Relevance, "0.00"),9}  {post.Language,-8}  {SafeText.Of(text)}";
        var terms = string.Join(", ", post.Terms.Select(term =>
            $"{term.Term} {Figures.Number(term.Value, "+0.00;-0.00;0.00")}{(term.Rule.Length > 0 ? $" ({term.Rule})" : "")}"));
        var factors = string.Join(" × ", post.Factors.Where(factor => factor.Value < 1)
            .Select(factor => $"{factor.Name} {Figures.Number(factor.Value, "0.####")} ({factor.Reason})"));
        return string.Join(
            Environment.NewLine,
            TextTable.Cut(row, width ?? WidthDefault),
            $"{Indent}tone    {(terms.Length > 0 ? SafeText.Of(terms) : "no evidence")}",
            $"{Indent}weight  {(factors.Length > 0 ? SafeText.Of(factors) : "every factor is 1")}");
    }
}
