namespace BtcAgent.Research.Bars;

/// <summary>The treatment of bars that are off the grid of their interval, or shorter.</summary>
public enum IrregularPolicy
{
    /// <summary>Use them; a bar ends when the next one begins.</summary>
    Keep,

    /// <summary>Leave them out.</summary>
    Drop,

    /// <summary>Refuse the files.</summary>
    Refuse,
}
