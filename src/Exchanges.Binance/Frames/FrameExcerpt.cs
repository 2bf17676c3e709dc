using System.Text;

namespace BtcAgent.Exchanges.Binance.Frames;

/// <summary>The start of a frame as one printable line, for messages.</summary>
internal static class FrameExcerpt
{
    public const int BytesMax = 120;

    public static string Of(ReadOnlySpan<byte> frame)
    {
        if (frame.IsEmpty)
        {
            return "(empty)";
        }

        var text = new StringBuilder(BytesMax + 16);
        foreach (var symbol in Encoding.UTF8.GetString(frame[..Math.Min(frame.Length, BytesMax)]))
        {
            text.Append(char.IsControl(symbol) ? ' ' : symbol);
        }

        return frame.Length <= BytesMax ? text.ToString() : text.Append($"… ({frame.Length} bytes)").ToString();
    }
}
