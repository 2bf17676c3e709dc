namespace BtcAgent.History.Datasets;

/// <summary>Type of a stored column; files and SQL types follow from it.</summary>
public enum ColumnType
{
    /// <summary>A UTC instant in whole microseconds: <c>TIMESTAMP WITH TIME ZONE</c>.</summary>
    Time,

    /// <summary>Nanoseconds beyond the whole microsecond of the time before it, 0…999.</summary>
    Nanos,

    /// <summary>A price or quantity in whole numbers of 1e-8; the name ends with <c>_e8</c>.</summary>
    Units,

    /// <summary>Prices or quantities of book levels, best first, in whole numbers of 1e-8; the name ends with <c>_e8</c>.</summary>
    UnitsList,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>An amount of money or of an asset: <c>DECIMAL(38,24)</c>.</summary>
    Amount,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A double.</summary>
    Real,

    /// <summary>A float.</summary>
    Single,

    /// <summary>A list of floats.</summary>
    SingleList,

    /// <summary>True or false.</summary>
    Flag,
}
