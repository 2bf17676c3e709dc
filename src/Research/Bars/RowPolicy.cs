namespace BtcAgent.Research.Bars;

/// <summary>The treatment of a row that is not a bar.</summary>
public enum RowPolicy
{
    /// <summary>Refuse the file at the first one.</summary>
    Refuse,

    /// <summary>Skip and count them.</summary>
    Skip,
}
