using System.Text;

namespace BtcAgent.Social.Text;

/// <summary>Collects the tokens of one text.</summary>
internal sealed class Tokens(int characters)
{
    private readonly StringBuilder _text = new(Math.Max(16, characters));
    private readonly List<TextToken> _tokens = new(Math.Min(PostReader.TokensMax, (characters / 4) + 4));
    private readonly int[] _scripts = new int[(int)Script.Other + 1];
    private bool _hasDisguise;
    private int _loud;
    private int _lower;

    public bool IsFull => _tokens.Count == PostReader.TokensMax;

    /// <summary>Adds a token whose text does not matter.</summary>
    /// <returns><paramref name="read"/>.</returns>
    public int Fixed(TokenKind kind, string text, int read)
    {
        Begin();
        var start = _text.Length;
        _text.Append(text);
        _tokens.Add(new TextToken(kind, start, text.Length, false, false));
        return read;
    }

    public int Mark(int mark, int read)
    {
        Begin();
        _tokens.Add(new TextToken(TokenKind.Mark, _text.Length, 1, false, read > 1));
        _text.Append((char)mark);
        return read;
    }

    public int Emoji(int rune)
    {
        Begin();
        var text = new Rune(rune).ToString();
        _tokens.Add(new TextToken(TokenKind.Emoji, _text.Length, text.Length, false, false));
        _text.Append(text);
        return 1;
    }

    /// <returns>The runes that were read.</returns>
    public int Word(TokenKind kind, ReadOnlySpan<int> runes)
    {
        Begin();
        var start = _text.Length;
        var (latin, alike, capitals, letters) = Count(runes);
        var disguised = latin > 0 && alike > 0 && latin + alike == letters;
        _hasDisguise |= disguised;
        var lengthened = false;
        var (last, run) = (-1, 0);
        foreach (var rune in runes)
        {
            var folded = Characters.Folded(rune);
            if (disguised && Characters.LookAlike(folded) is not '\0' and var letter)
            {
                folded = letter;
            }

            run = folded == last ? run + 1 : 1;
            last = folded;
            if (run > 2 && !Characters.IsDigit(folded))
            {
                lengthened = true;
                continue;
            }

            if (folded < 0x10000)
            {
                _text.Append((char)folded);
            }
            else
            {
                _text.Append(new Rune(folded).ToString());
            }
        }

        var isLoud = kind == TokenKind.Word && letters >= 3 && capitals == letters;
        _loud += isLoud ? 1 : 0;
        _lower += kind == TokenKind.Word && letters > capitals ? 1 : 0;
        _tokens.Add(new TextToken(kind, start, _text.Length - start, isLoud, lengthened));
        return runes.Length;
    }

    public PostText ToText(string read, bool isCut)
    {
        // Capitals say nothing in a text that is written in them.
        if (_loud > _lower)
        {
            for (var i = 0; i < _tokens.Count; i++)
            {
                _tokens[i] = _tokens[i] with { IsLoud = false };
            }
        }

        return new PostText(read, _text.ToString(), [.. _tokens], new ScriptCounts(_scripts), isCut || IsFull, _hasDisguise);
    }

    private void Begin()
    {
        if (_text.Length > 0)
        {
            _text.Append(' ');
        }
    }

    private (int Latin, int Alike, int Capitals, int Letters) Count(ReadOnlySpan<int> runes)
    {
        var (latin, alike, capitals, letters) = (0, 0, 0, 0);
        foreach (var rune in runes)
        {
            if (!Characters.IsLetter(rune) || Characters.IsCombining(rune))
            {
                continue;
            }

            letters++;
            _scripts[(int)Scripts.Of(rune)]++;
            var folded = Characters.Folded(rune);
            latin += folded is >= 'a' and <= 'z' ? 1 : 0;
            alike += Characters.LookAlike(folded) != '\0' ? 1 : 0;
            capitals += folded != rune && rune is (>= 'A' and <= 'Z') or (>= 0xC0 and <= 0xDE) ? 1 : 0;
        }

        return (latin, alike, capitals, letters);
    }
}
