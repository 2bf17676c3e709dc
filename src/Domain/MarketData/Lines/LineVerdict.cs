namespace BtcAgent.Domain.MarketData.Lines;

/// <summary>What becomes of one line's event.</summary>
public enum LineVerdict : byte
{
    /// <summary>The other line has brought it, or will: left out.</summary>
    Drop = 1,

    /// <summary>The first to bring it.</summary>
    Take = 2,

    /// <summary>A book update before which some are missing that neither line brings: an interruption stands before it.</summary>
    TakeInterrupted = 3,
}
