namespace BtcAgent.Research.Datasets;

/// <summary>What happened after each row of a dataset.</summary>
/// <param name="Definition">The label in words, such as <c>triple barrier, 20 bps up and down, 60 s</c>.</param>
/// <param name="HorizonNs">Longest time a label looks ahead, in nanoseconds: what purging removes.</param>
/// <param name="Known">False where the label needs prices after the data's end or across a gap: never trained on.</param>
/// <param name="Outcome">+1 up, −1 down, 0 neither (fixed horizon: the sign of the return).</param>
/// <param name="ReturnBps">Log return from the row to the label's end, in basis points.</param>
/// <param name="EndTimes">When each label was decided: first barrier touched, or the horizon.</param>
public sealed record LabelSet(
    string Definition, long HorizonNs, bool[] Known, sbyte[] Outcome, float[] ReturnBps, Timestamp[] EndTimes)
{
    public int Rows => Known.Length;

    /// <summary>1 for up, 0 for down: the barrier touched, else the sign of the return. Rows that did not move are not trained on.</summary>
    public bool TryGetTarget(int row, out float target)
    {
        var move = Outcome[row] != 0 ? Outcome[row] : ReturnBps[row];
        target = move > 0 ? 1 : 0;
        return Known[row] && move != 0;
    }
}
