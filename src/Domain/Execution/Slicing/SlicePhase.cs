namespace BtcAgent.Domain.Execution.Slicing;

public enum SlicePhase : byte
{
    Working = 1,

    /// <summary>The end time has passed; open children are being cancelled.</summary>
    Ending = 2,
    Sweeping = 3,

    /// <summary>Cancelled or given up; no child is placed any more.</summary>
    Cancelling = 4,
    Done = 5,
}
