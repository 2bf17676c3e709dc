using BtcAgent.Social.Scoring;
using BtcAgent.Social.Text;

namespace BtcAgent.Social.Lexicons;

/// <summary>
/// Scores by the terms of a lexicon. Within a clause a movement takes its sign from the nearest inverse within <see cref="Reach"/>
/// tokens, opponents turn the terms nearby, a negator turns terms up to <see cref="NegationReach"/> tokens after it, and a booster
/// strengthens the next. The sum s of all values gives the tone s / √(s² + 0.5).
/// </summary>
public sealed class LexiconScorer(Lexicon lexicon) : ITextScorer
{
    /// <summary>Tokens between a movement or term and the inverse or opponent that turns it, at most.</summary>
    public const int Reach = 3;

    /// <summary>Tokens between a negator and the term that it turns, at most.</summary>
    public const int NegationReach = 3;

    /// <summary>Factor of a negated term.</summary>
    public const double Negation = -0.6;

    /// <summary>Value of a percentage with a sign, such as +5%.</summary>
    public const double SignedPercent = 0.4;

    /// <summary>Terms of one text that count; the rest is left out.</summary>
    public const int TermsMax = 64;

    private const double Loud = 1.3;
    private const double BeforeContrast = 0.5;
    private const double AfterContrast = 1.3;

    public string Id => "lexicon-1";

    public string Hash => lexicon.Hash;

    /// <summary>Terms of its lexicon, from 1.</summary>
    public int Terms => lexicon.Count;

    public ToneScore Score(PostText text)
    {
        Span<Found> found = stackalloc Found[TermsMax];
        var count = Find(text, found);
        found = found[..count];
        var terms = new List<ScoredTerm>(count);
        var contrast = LastContrast(text);
        var (sum, evidence) = (0.0, 0.0);
        for (var i = 0; i < found.Length; i++)
        {
            var (value, rule) = Value(text, found, i);
            if (value == 0)
            {
                continue;
            }

            value *= contrast < 0 ? 1 : found[i].At < contrast ? BeforeContrast : AfterContrast;
            terms.Add(new ScoredTerm(TermOf(text, found[i]), value, rule));
            sum += value;
            evidence += Math.Abs(value);
        }

        var tone = sum / Math.Sqrt((sum * sum) + 0.5);
        var confidence = evidence == 0 ? 0 : Math.Abs(sum) / (evidence + 0.5);
        return new ToneScore(tone, confidence, ToneScore.ClassOf(tone), terms);
    }

    private int Find(PostText text, Span<Found> found)
    {
        var (count, clause) = (0, 0);
        for (var at = 0; at < text.Tokens.Length && count < found.Length;)
        {
            var token = text.Tokens[at];
            if (token.Kind == TokenKind.Mark)
            {
                clause += text[token] is "," ? 0 : 1;
                at++;
                continue;
            }

            LexiconTerm? term = null;
            var length = token.Kind == TokenKind.Cashtag ? 0 : lexicon.Terms.Match(text, at, out term);
            if (length > 0)
            {
                found[count++] = new Found(term!.Valence, term.Kind, at, length, clause);
            }
            else if (token.Kind == TokenKind.Percent && text[token] is not "<pct>")
            {
                found[count++] = new Found(text[token] is "<+pct>" ? SignedPercent : -SignedPercent, TermKind.Direction, at, 1, clause);
            }

            at += Math.Max(1, length);
        }

        return count;
    }

    private int LastContrast(PostText text)
    {
        for (var at = text.Tokens.Length - 1; at > 0; at--)
        {
            if (text.Tokens[at].Kind == TokenKind.Word && lexicon.Terms.Match(text, at, out var term) == 1 && term!.Kind == TermKind.Contrast)
            {
                return at;
            }
        }

        return -1;
    }

    private static (double Value, string Rule) Value(PostText text, Span<Found> all, int i)
    {
        var term = all[i];
        if (term.Kind is not (TermKind.Tone or TermKind.Direction or TermKind.Inverse or TermKind.Object)
            || (term.Kind is TermKind.Inverse or TermKind.Object && Nearest(all, i, TermKind.Direction) >= 0))
        {
            return default;
        }

        var (value, rule) = (term.Valence, "");
        if (term.Kind == TermKind.Direction && Nearest(all, i, TermKind.Inverse) >= 0)
        {
            (value, rule) = (-value, "inverse");
        }

        if (Nearest(all, i, TermKind.Opponent) >= 0)
        {
            (value, rule) = (-value, Join(rule, "opponent"));
        }

        for (var before = i - 1; before >= 0 && all[before].Clause == term.Clause; before--)
        {
            var distance = term.At - all[before].End;
            if (all[before].Kind == TermKind.Negator && distance < NegationReach)
            {
                (value, rule) = (value * Negation, Join(rule, "negated"));
            }
            else if (all[before].Kind == TermKind.Booster && distance < 2 && before == i - 1)
            {
                (value, rule) = (value * (1 + all[before].Valence), Join(rule, all[before].Valence > 0 ? "stronger" : "weaker"));
            }
        }

        var token = text.Tokens[term.At];
        return token.IsLoud || token.IsLengthened ? (value * Loud, Join(rule, "loud")) : (value, rule);
    }

    /// <returns>The index of the nearest term of a kind within reach in the same clause, or −1.</returns>
    private static int Nearest(Span<Found> all, int i, TermKind kind)
    {
        for (var step = 1; step <= Reach; step++)
        {
            if (i + step < all.Length && all[i + step].Kind == kind && all[i + step].Clause == all[i].Clause && all[i + step].At - all[i].End <= Reach)
            {
                return i + step;
            }

            if (i >= step && all[i - step].Kind == kind && all[i - step].Clause == all[i].Clause && all[i].At - all[i - step].End <= Reach)
            {
                return i - step;
            }
        }

        return -1;
    }

    private static string Join(string rule, string next) => rule.Length == 0 ? next : $"{rule}, {next}";

    private string TermOf(PostText text, Found found) =>
        lexicon.Terms.Match(text, found.At, out var term) > 0 ? term!.Term : text[text.Tokens[found.At]].ToString();

    private readonly record struct Found(double Valence, TermKind Kind, int At, int Length, int Clause)
    {
        public int End => At + Length;
    }
}
