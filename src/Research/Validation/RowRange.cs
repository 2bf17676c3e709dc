namespace BtcAgent.Research.Validation;

/// <summary>Rows from <paramref name="From"/>, inclusive, to <paramref name="To"/>, exclusive.</summary>
public readonly record struct RowRange(int From, int To)
{
    public int Count => To - From;
}
