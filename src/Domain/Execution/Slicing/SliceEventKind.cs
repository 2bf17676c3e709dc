namespace BtcAgent.Domain.Execution.Slicing;

public enum SliceEventKind : byte
{
    Clock = 1,
    Quote = 2,

    /// <summary>A trade of the market: counts for the participation cap.</summary>
    Trade = 3,
    ChildFilled = 4,

    /// <summary>A child is open no more; comes after its last fill.</summary>
    ChildEnded = 5,
    Cancel = 6,
}
