namespace BtcAgent.Research.Labels;

/// <summary>
/// What prices did between the rows of a dataset: point <c>i</c> covers the time after point <c>i − 1</c> up to its own.
/// Rows of the dataset are points of the path.
/// </summary>
/// <param name="Times">Rising.</param>
/// <param name="Closes">At each time: mid, or a bar's close.</param>
/// <param name="Highs">Greatest price since the point before; the closes themselves where only they are known.</param>
/// <param name="Lows">Least price since the point before.</param>
public sealed record PricePath(Timestamp[] Times, double[] Closes, double[] Highs, double[] Lows)
{
    public int Count => Times.Length;

    public static PricePath OfCloses(Timestamp[] times, double[] closes) => new(times, closes, closes, closes);
}
