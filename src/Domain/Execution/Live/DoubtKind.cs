namespace BtcAgent.Domain.Execution.Live;

/// <summary>Kinds of doubts. <see cref="DoubtList.ActionOf"/> has the rule for each.</summary>
public enum DoubtKind : byte
{
    /// <summary>A word of the venue that this agent does not know: a status, a type, a time in force.</summary>
    UnknownWord = 1,

    /// <summary>A message of the account that cannot be read at all.</summary>
    Unreadable = 2,

    /// <summary>More was executed than the venue itself says was ordered.</summary>
    Overfill = 3,

    /// <summary>A fill, a status or a record that cannot belong to the order it names.</summary>
    Contradiction = 4,

    /// <summary>More fills are counted than the venue has executed.</summary>
    CountAhead = 5,

    /// <summary>The venue has no record of an order that it had taken.</summary>
    Vanished = 6,

    /// <summary>A fee without the asset it was paid in.</summary>
    NoFeeAsset = 7,

    /// <summary>A report or trade of an order that is described nowhere.</summary>
    UnknownOrder = 8,
}
