namespace BtcAgent.Cli.Downloads;

/// <summary>A day or a whole month.</summary>
internal readonly record struct DownloadPart(DateOnly First, DateOnly Last)
{
    public bool IsMonth => Last != First;

    /// <summary>Its days, each as a part.</summary>
    public IEnumerable<DownloadPart> Days()
    {
        for (var day = First; day <= Last; day = day.AddDays(1))
        {
            yield return new DownloadPart(day, day);
        }
    }
}
