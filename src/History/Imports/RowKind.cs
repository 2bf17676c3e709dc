namespace BtcAgent.History.Imports;

/// <summary>Kinds of rows that can be imported.</summary>
public enum RowKind
{
    /// <summary>A trade, or a joined trade, of the market.</summary>
    Trade,

    /// <summary>A best bid and ask.</summary>
    Quote,

    /// <summary>A bar.</summary>
    Bar,
}
