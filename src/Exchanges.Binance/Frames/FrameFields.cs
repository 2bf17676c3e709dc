namespace BtcAgent.Exchanges.Binance.Frames;

/// <summary>
/// The raw values of one JSON object's known members, in any order; empty where absent. The names are Binance's: its
/// streams use single, case-sensitive letters.
/// </summary>
internal ref struct FrameFields
{
    public ReadOnlySpan<byte> Stream;
    public ReadOnlySpan<byte> Data;
    public ReadOnlySpan<byte> EventType;
    public ReadOnlySpan<byte> EventTime;
    public ReadOnlySpan<byte> Symbol;
    public ReadOnlySpan<byte> SmallT;
    public ReadOnlySpan<byte> BigT;
    public ReadOnlySpan<byte> Price;
    public ReadOnlySpan<byte> Quantity;
    public ReadOnlySpan<byte> BuyerIsMaker;
    public ReadOnlySpan<byte> FirstId;
    public ReadOnlySpan<byte> LastId;
    public ReadOnlySpan<byte> SmallB;
    public ReadOnlySpan<byte> BigB;
    public ReadOnlySpan<byte> SmallA;
    public ReadOnlySpan<byte> BigA;
    public ReadOnlySpan<byte> LastUpdateId;
    public ReadOnlySpan<byte> Bids;
    public ReadOnlySpan<byte> Asks;
    public ReadOnlySpan<byte> Kline;
    public ReadOnlySpan<byte> Open;
    public ReadOnlySpan<byte> High;
    public ReadOnlySpan<byte> Low;
    public ReadOnlySpan<byte> Close;
    public ReadOnlySpan<byte> Volume;
    public ReadOnlySpan<byte> Count;
    public ReadOnlySpan<byte> IsClosed;
    public ReadOnlySpan<byte> Result;
    public ReadOnlySpan<byte> Id;
    public ReadOnlySpan<byte> Message;

    /// <summary>Returns false when <paramref name="text"/> is not one complete JSON object.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out FrameFields fields)
    {
        fields = default;
        var cursor = new JsonCursor(text);
        if (!cursor.Skip((byte)'{'))
        {
            return false;
        }

        if (!cursor.Skip((byte)'}'))
        {
            do
            {
                if (!cursor.ReadString(out var name) || !cursor.Skip((byte)':') || !cursor.ReadValue(out var value))
                {
                    return false;
                }

                fields.Set(name, value);
            }
            while (cursor.Skip((byte)','));

            if (!cursor.Skip((byte)'}'))
            {
                return false;
            }
        }

        return cursor.AtEnd();
    }

    private void Set(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.Length == 1)
        {
            SetLetter(name[0], value);
        }
        else if (name.SequenceEqual("stream"u8))
        {
            Stream = value;
        }
        else if (name.SequenceEqual("data"u8))
        {
            Data = value;
        }
        else if (name.SequenceEqual("lastUpdateId"u8))
        {
            LastUpdateId = value;
        }
        else if (name.SequenceEqual("bids"u8))
        {
            Bids = value;
        }
        else if (name.SequenceEqual("asks"u8))
        {
            Asks = value;
        }
        else if (name.SequenceEqual("result"u8))
        {
            Result = value;
        }
        else if (name.SequenceEqual("id"u8))
        {
            Id = value;
        }
        else if (name.SequenceEqual("msg"u8) || name.SequenceEqual("error"u8))
        {
            Message = value;
        }
    }

    private void SetLetter(byte name, ReadOnlySpan<byte> value)
    {
        switch (name)
        {
            case (byte)'e': EventType = value; break;
            case (byte)'E': EventTime = value; break;
            case (byte)'s': Symbol = value; break;
            case (byte)'t': SmallT = value; break;
            case (byte)'T': BigT = value; break;
            case (byte)'p': Price = value; break;
            case (byte)'q': Quantity = value; break;
            case (byte)'m': BuyerIsMaker = value; break;
            case (byte)'U': FirstId = value; break;
            case (byte)'u': LastId = value; break;
            case (byte)'b': SmallB = value; break;
            case (byte)'B': BigB = value; break;
            case (byte)'a': SmallA = value; break;
            case (byte)'A': BigA = value; break;
            case (byte)'k': Kline = value; break;
            case (byte)'o': Open = value; break;
            case (byte)'h': High = value; break;
            case (byte)'l': Low = value; break;
            case (byte)'c': Close = value; break;
            case (byte)'v': Volume = value; break;
            case (byte)'n': Count = value; break;
            case (byte)'x': IsClosed = value; break;
        }
    }
}
