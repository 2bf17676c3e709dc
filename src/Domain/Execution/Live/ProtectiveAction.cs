namespace BtcAgent.Domain.Execution.Live;

/// <summary>What is to be done about a <see cref="ProtectiveStop"/>.</summary>
public enum ProtectiveAction
{
    /// <summary>It protects the position, or nothing can or may be protected.</summary>
    None,

    /// <summary>It protects another quantity than is held: cancel it.</summary>
    MakeWay,

    /// <summary>Nothing protects the position.</summary>
    Place,
}
