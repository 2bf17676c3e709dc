namespace BtcAgent.Research.Replays;

/// <summary>The earliest decision whose features differ: what made them differ lies before it in the log.</summary>
/// <param name="Decision">Its id.</param>
/// <param name="EventTime">Its sampling instant.</param>
/// <param name="LastSequence">Last market event in it.</param>
/// <param name="Offset">Of the message that completed its sample.</param>
/// <param name="Field">That differs first.</param>
public sealed record FirstDivergence(string Decision, Timestamp EventTime, long LastSequence, long Offset, string Field);
