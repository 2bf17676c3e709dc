namespace BtcAgent.Research.Optimization.Spaces;

/// <summary>Type of a parameter's values.</summary>
public enum ParameterKind
{
    /// <summary>Whole numbers, 64 bits.</summary>
    Integer,

    /// <summary>Finite doubles.</summary>
    Number,

    /// <summary>One of a list of names.</summary>
    Choice,
}
