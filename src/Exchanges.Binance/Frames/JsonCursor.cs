namespace BtcAgent.Exchanges.Binance.Frames;

/// <summary>
/// Walks JSON of any layout without allocating. Returns values as raw text and does not parse inside them, so that unknown
/// fields cost only the bytes to skip.
/// </summary>
internal ref struct JsonCursor(ReadOnlySpan<byte> text)
{
    /// <summary>Deeper nesting is refused; venue frames have four levels.</summary>
    public const int NestingMax = 60;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _position;

    /// <summary>The next byte that is not white space; 0 at the end.</summary>
    public byte Peek()
    {
        while (_position < _text.Length && _text[_position] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            _position++;
        }

        return _position < _text.Length ? _text[_position] : (byte)0;
    }

    public bool Skip(byte expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    /// <summary>True when only white space is left.</summary>
    public bool AtEnd() => Peek() == 0 && _position == _text.Length;

    /// <summary>The text between the quotes, with escapes unchanged.</summary>
    public bool ReadString(out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!Skip((byte)'"'))
        {
            return false;
        }

        var start = _position;
        if (!PassString())
        {
            return false;
        }

        content = _text[start..(_position - 1)];
        return true;
    }

    /// <summary>One complete value as raw text, including quotes and brackets.</summary>
    public bool ReadValue(out ReadOnlySpan<byte> raw)
    {
        raw = default;
        var first = Peek();
        var start = _position;
        var passed = first switch
        {
            (byte)'"' => Skip((byte)'"') && PassString(),
            (byte)'{' or (byte)'[' => PassNested(),
            _ => PassScalar(),
        };
        raw = passed ? _text[start.._position] : default;
        return passed;
    }

    /// <summary>Moves past the closing quote.</summary>
    private bool PassString()
    {
        while (true)
        {
            var next = _text[_position..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                return false;
            }

            _position += next + 1;
            if (_text[_position - 1] == (byte)'"')
            {
                return true;
            }

            if (_position == _text.Length)
            {
                return false;
            }

            _position++;
        }
    }

    private bool PassScalar()
    {
        var start = _position;
        while (_position < _text.Length
            && _text[_position] is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'z')
                or (byte)'-' or (byte)'+' or (byte)'.' or (byte)'E')
        {
            _position++;
        }

        return _position > start;
    }

    private bool PassNested()
    {
        ulong objects = 0; // one bit per open bracket, innermost lowest: 1 means object
        var depth = 0;
        while (_position < _text.Length)
        {
            var current = _text[_position++];
            switch (current)
            {
                case (byte)'"' when !PassString():
                    return false;
                case (byte)'{' or (byte)'[':
                    if (++depth > NestingMax)
                    {
                        return false;
                    }

                    objects = (objects << 1) | (current == (byte)'{' ? 1UL : 0UL);
                    break;
                case (byte)'}' or (byte)']':
                    if ((objects & 1) != (current == (byte)'}' ? 1UL : 0UL))
                    {
                        return false;
                    }

                    objects >>= 1;
                    if (--depth == 0)
                    {
                        return true;
                    }

                    break;
            }
        }

        return false;
    }
}
