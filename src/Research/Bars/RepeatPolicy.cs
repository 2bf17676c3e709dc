namespace BtcAgent.Research.Bars;

/// <summary>The treatment of rows of the same time.</summary>
public enum RepeatPolicy
{
    /// <summary>Refuse the files.</summary>
    Refuse,

    /// <summary>Use the first in the order of files and lines.</summary>
    First,

    /// <summary>Use the last in the order of files and lines.</summary>
    Last,
}
