namespace BtcAgent.Research.Datasets;

/// <summary>The outcome after each row of a dataset.</summary>
/// <param name="Definition">Description of the label, such as <c>triple barrier, 20 bps up and down, 60 s</c>.</param>
/// <param name="HorizonNs">Longest time that a label looks ahead, in nanoseconds; purging removes this much.</param>
/// <param name="Known">False where the label would need prices after the end of the data or across a gap; such rows are not
/// used in training.</param>
/// <param name="Outcome">+1 up, −1 down, 0 neither (fixed horizon: the sign of the return).</param>
/// <param name="ReturnBps">Log return from the row to the label's end, in basis points.</param>
/// <param name="EndTimes">Time at which each label was decided: the first barrier touched, or the horizon.</param>
public sealed record LabelSet(
    string Definition, long HorizonNs, bool[] Known, sbyte[] Outcome, float[] ReturnBps, Timestamp[] EndTimes)
{
    public int Rows => Known.Length;

    /// <summary>
    /// Returns 1 for up, 0 for down: the barrier touched, otherwise the sign of the return. Rows without a move are not used in
    /// training.
    /// </summary>
    public bool TryGetTarget(int row, out float target)
    {
        var move = Outcome[row] != 0 ? Outcome[row] : ReturnBps[row];
        target = move > 0 ? 1 : 0;
        return Known[row] && move != 0;
    }
}
