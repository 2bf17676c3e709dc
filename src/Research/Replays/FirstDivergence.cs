namespace BtcAgent.Research.Replays;

/// <summary>The earliest decision whose features differ: the cause is before it in the log.</summary>
/// <param name="Decision">Its id.</param>
/// <param name="EventTime">Its sampling instant.</param>
/// <param name="LastSequence">Last market event in it.</param>
/// <param name="Offset">Offset of the message that completed its sample.</param>
/// <param name="Field">The first field that differs.</param>
public sealed record FirstDivergence(string Decision, Timestamp EventTime, long LastSequence, long Offset, string Field);
