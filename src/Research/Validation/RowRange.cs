namespace BtcAgent.Research.Validation;

/// <summary>Rows from <paramref name="From"/> up to, not with, <paramref name="To"/>.</summary>
public readonly record struct RowRange(int From, int To)
{
    public int Count => To - From;
}
