namespace BtcAgent.Economy.Releases;

/// <summary>The releases that count if the settings name none. Numbers and series are FRED's, times those of the agencies' announcements.</summary>
public static class ReleaseTable
{
    /// <summary>Makes the table.</summary>
    public static IReadOnlyList<EconomicRelease> Default() =>
    [
        Of(10, "Consumer Price Index", "CPIAUCSL", ChangeKind.Log, new(8, 30)),
        Of(50, "Employment Situation", "PAYEMS", ChangeKind.Difference, new(8, 30)),
        Of(46, "Producer Price Index", "PPIFIS", ChangeKind.Log, new(8, 30)),
        Of(53, "Gross Domestic Product", "GDPC1", ChangeKind.Log, new(8, 30)),
        Of(54, "Personal Income and Outlays", "PCEPI", ChangeKind.Log, new(8, 30)),
        Of(9, "Advance Monthly Sales for Retail", "RSAFS", ChangeKind.Log, new(8, 30)),

        // Without a series: the target rate has a value for each day, so that its usual change says nothing about a meeting.
        Of(101, "FOMC Press Release", "", ChangeKind.Difference, new(14, 0)),
    ];

    private static EconomicRelease Of(int id, string name, string series, ChangeKind change, TimeOnly time) =>
        new() { Id = id, Name = name, Series = series, Change = change, Time = time };
}
