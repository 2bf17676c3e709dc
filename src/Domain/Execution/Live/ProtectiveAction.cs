namespace BtcAgent.Domain.Execution.Live;

/// <summary>Required action for a <see cref="ProtectiveStop"/>.</summary>
public enum ProtectiveAction
{
    /// <summary>None: the stop protects the position, or there is nothing that can or may be protected.</summary>
    None,

    /// <summary>Cancel the stop: it protects another quantity than is held.</summary>
    MakeWay,

    /// <summary>Place a stop: the position is unprotected.</summary>
    Place,
}
