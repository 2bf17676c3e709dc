namespace BtcAgent.Cli.Imports;

/// <summary>The treatment of rows that are not as expected.</summary>
internal enum ImportChoice
{
    /// <summary>End the import of the file before anything of it is stored.</summary>
    Refuse,

    /// <summary>Store them.</summary>
    Keep,

    /// <summary>Leave them out.</summary>
    Drop,
}
