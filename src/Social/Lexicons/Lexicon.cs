using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BtcAgent.Social.Text;

namespace BtcAgent.Social.Lexicons;

/// <summary>Terms by their canonical text, from a file of lines <c>forms&lt;tab&gt;valence&lt;tab&gt;kind</c>; <c>#</c> begins a comment.</summary>
public sealed class Lexicon
{
    private const string Resource = "BtcAgent.Social.Lexicons.lexicon.tsv";

    private Lexicon(PhraseSet<LexiconTerm> terms, string hash)
    {
        Terms = terms;
        Hash = hash;
    }

    /// <summary>The lexicon that is part of this assembly.</summary>
    public static Lexicon Embedded { get; } = ReadEmbedded();

    /// <summary>SHA-256 of the file, in lower-case hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>Terms, from 1.</summary>
    public int Count => Terms.Count;

    internal PhraseSet<LexiconTerm> Terms { get; }

    /// <param name="text">The file's text.</param>
    /// <exception cref="InvalidDataException">A line has another form, a valence is outside −1…1, or a form is empty or present twice.</exception>
    public static Lexicon Parse(string text)
    {
        var terms = new PhraseSet<LexiconTerm>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.Length > 0 && !line.StartsWith('#'))
            {
                Add(terms, line, number);
            }
        }

        return terms.Count > 0
            ? new Lexicon(terms, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))))
            : throw new InvalidDataException("lexicon: no terms");
    }

    private static void Add(PhraseSet<LexiconTerm> terms, string line, int number)
    {
        if (line.Split('\t') is not [var forms, var valence, var kind]
            || !double.TryParse(valence, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value is not (>= -1 and <= 1)
            || kind.Length == 0 || !char.IsAsciiLetter(kind[0]) || !Enum.TryParse<TermKind>(kind, ignoreCase: true, out var parsed))
        {
            throw new InvalidDataException($"lexicon, line {number}: not forms, valence -1..1 and kind, separated by tabs");
        }

        foreach (var form in forms.Split(','))
        {
            try
            {
                terms.Add(form, new LexiconTerm(form, value, parsed));
            }
            catch (ArgumentException e)
            {
                throw new InvalidDataException($"lexicon, line {number}: {e.Message}", e);
            }
        }
    }

    private static Lexicon ReadEmbedded()
    {
        using var stream = typeof(Lexicon).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Parse(reader.ReadToEnd());
    }
}
