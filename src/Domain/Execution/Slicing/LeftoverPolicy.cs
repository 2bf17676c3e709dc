namespace BtcAgent.Domain.Execution.Slicing;

/// <summary>What becomes of the quantity that is unfilled at the end time.</summary>
public enum LeftoverPolicy : byte
{
    Leave = 1,

    /// <summary>
    /// Taken from the book at once, within the limit price and without regard to the participation cap.
    /// </summary>
    Sweep = 2,
}
