using BtcAgent.Domain.Economy;

namespace BtcAgent.Exchanges.Simulator.Economy;

/// <summary>A monthly release of the simulated FRED.</summary>
/// <param name="Id">Its number, that of FRED.</param>
/// <param name="Series">Its series; empty if it has none.</param>
/// <param name="Day">Day of the month.</param>
/// <param name="Time">Time in New York.</param>
/// <param name="Level">Level of the series at the beginning.</param>
/// <param name="Growth">Mean growth of a month, as a fraction.</param>
internal sealed record SimulatedRelease(int Id, string Series, int Day, TimeOnly Time, double Level, double Growth)
{
    /// <summary>First month of the series.</summary>
    public static readonly DateOnly FirstMonth = new(2015, 1, 1);

    public static readonly SimulatedRelease[] All =
    [
        new(10, "CPIAUCSL", 12, new(8, 30), 240, 0.002),
        new(50, "PAYEMS", 5, new(8, 30), 140_000, 0.001),
        new(46, "PPIFIS", 14, new(8, 30), 110, 0.002),
        new(53, "GDPC1", 27, new(8, 30), 18_000, 0.002),
        new(54, "PCEPI", 28, new(8, 30), 98, 0.0018),
        new(9, "RSAFS", 16, new(8, 30), 440_000, 0.003),
        new(101, "", 18, new(14, 0), 0, 0),
    ];

    /// <summary>The day on which the value of a month is published: in the month after it.</summary>
    public DateOnly Published(DateOnly month) => month.AddMonths(1).AddDays(Day - 1);

    public Timestamp At(DateOnly date) => NewYorkTime.At(date, Time);

    /// <summary>The values of all months, with a revision of each at the next publication.</summary>
    public IEnumerable<(DateOnly Month, double First, double Revised)> Values(int seed, DateOnly until)
    {
        var random = new Random(HashCode(seed));
        var level = Level;
        for (var month = FirstMonth; month <= until; month = month.AddMonths(1))
        {
            level *= 1 + Growth + (0.5 * Growth * Normal(random));
            yield return (month, level, level * (1 + (0.1 * Growth * Normal(random))));
        }
    }

    private int HashCode(int seed) => (seed * 31) + Id;

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
