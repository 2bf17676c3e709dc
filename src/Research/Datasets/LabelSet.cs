namespace BtcAgent.Research.Datasets;

/// <summary>What happened after each row of a dataset.</summary>
/// <param name="Definition">The label in words, such as <c>triple barrier ±20 bps, 60 s</c>.</param>
/// <param name="Known">False where the label needs prices after the data's end: never trained on.</param>
/// <param name="HorizonNs">Longest time a label looks ahead, in nanoseconds: what purging removes.</param>
/// <param name="Outcome">+1 up, −1 down, 0 neither (fixed horizon: the sign of the return).</param>
/// <param name="ReturnBps">Log return from the row to the label's end, in basis points.</param>
/// <param name="EndTimes">When each label was decided: first barrier touched, or the horizon.</param>
public sealed record LabelSet(
    string Definition, long HorizonNs, bool[] Known, sbyte[] Outcome, float[] ReturnBps, Timestamp[] EndTimes);
