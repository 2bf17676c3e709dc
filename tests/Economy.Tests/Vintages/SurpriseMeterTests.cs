using BtcAgent.Economy.Releases;
using BtcAgent.Economy.Vintages;

namespace BtcAgent.Economy.Tests.Vintages;

/// <summary>Invariants of <see cref="SurpriseMeter"/>: only first publications, only what was known.</summary>
public sealed class SurpriseMeterTests
{
    private static readonly DateOnly Start = new(2020, 1, 1);

    /// <summary>30 months: each published on the 10th of the month after it.</summary>
    private static readonly List<Vintage> Series = Make(30, seed: 3);

    [Fact]
    public void Of_FirstPublications_IsTheStandardizedChange()
    {
        var surprise = SurpriseMeter.Of(Series, Start, new DateOnly(2023, 1, 1), ChangeKind.Difference)!.Value;

        double[] values = [.. Series.Select(one => one.Value!.Value)];
        double[] changes = [.. values.Skip(1).Zip(values, (now, before) => now - before)];
        var earlier = changes[..^1];
        var deviation = Math.Sqrt(earlier.Sum(one => Math.Pow(one - earlier.Average(), 2)) / (earlier.Length - 1));
        Assert.Equal(Series[^1].From, surprise.Published);
        Assert.Equal((changes[^1] - earlier.Average()) / deviation, surprise.Value!.Value, 9);
    }

    /// <summary>A later revision changes no earlier surprise, whenever it is asked for.</summary>
    [Fact]
    public void Of_LaterRevision_ChangesNothingOfBefore()
    {
        var asOf = Series[20].From;
        var before = SurpriseMeter.Of(Series, Start, asOf, ChangeKind.Difference);
        var revised = Revise(Series, month: 20, on: asOf.AddDays(30), by: 50);

        Assert.Equal(before, SurpriseMeter.Of(revised, Start, asOf, ChangeKind.Difference));
        Assert.Equal(before, SurpriseMeter.Of(revised, Start, asOf.AddDays(29), ChangeKind.Difference));

        // The change of the next month is taken from the revised level that was published beside it, and no first publication is replaced.
        var next = SurpriseMeter.Of(revised, Start, Series[21].From.AddDays(1), ChangeKind.Difference);
        Assert.Equal(Series[21].From, next!.Value.Published);
        Assert.NotEqual(SurpriseMeter.Of(Series, Start, Series[21].From.AddDays(1), ChangeKind.Difference), next);
    }

    [Fact]
    public void Of_NewBaseYear_IsNoSurprise()
    {
        // All levels double on the day of the last publication, as at a new base year.
        var on = Series[^1].From;
        var rebased = Series.Take(29).Select(one => one with { Until = on.AddDays(-1) }).Concat(Series.Select(one => one with { From = on, Value = 2 * one.Value }));

        var surprise = SurpriseMeter.Of(rebased, Start, on, ChangeKind.Log)!.Value.Value!.Value;
        var plain = SurpriseMeter.Of(Series, Start, on, ChangeKind.Log)!.Value.Value!.Value;
        Assert.Equal(plain, surprise, 9);
    }

    [Fact]
    public void Of_PublishedAfterTheDay_IsNotKnown()
    {
        var last = Series[^1].From;

        Assert.Equal(Series[^2].From, SurpriseMeter.Of(Series, Start, last.AddDays(-1), ChangeKind.Difference)!.Value.Published);
        Assert.Equal(SurpriseMeter.Of(Series[..^1], Start, last.AddDays(-1), ChangeKind.Difference), SurpriseMeter.Of(Series, Start, last.AddDays(-1), ChangeKind.Difference));
    }

    [Fact]
    public void Of_ValuesOfBeforeTheWindow_AreNotFirstOnes()
    {
        // A source dates them on the window's first day.
        var window = Series[15].From;
        var clipped = Series.Select(one => one with { From = one.From < window ? window : one.From });

        Assert.Equal(14, Series.Count - 16);
        Assert.NotNull(SurpriseMeter.Of(clipped, window, new DateOnly(2023, 1, 1), ChangeKind.Difference)!.Value.Value);
        Assert.Null(SurpriseMeter.Of(clipped.SkipLast(2), window, new DateOnly(2023, 1, 1), ChangeKind.Difference)!.Value.Value);
    }

    [Fact]
    public void Of_TooFewChanges_HasNoValue()
    {
        Assert.Null(SurpriseMeter.Of([], Start, new DateOnly(2023, 1, 1), ChangeKind.Log));
        Assert.Null(SurpriseMeter.Of(Series[..1], Start, new DateOnly(2023, 1, 1), ChangeKind.Log));
        Assert.Null(SurpriseMeter.Of(Series[..13], Start, new DateOnly(2023, 1, 1), ChangeKind.Log)!.Value.Value);
        Assert.NotNull(SurpriseMeter.Of(Series[..14], Start, new DateOnly(2023, 1, 1), ChangeKind.Log)!.Value.Value);
    }

    [Fact]
    public void Of_MissingAndEqualValues_AreLeftOut()
    {
        var missing = Series.Select((one, i) => i == 29 ? one with { Value = null } : one);
        Assert.Equal(Series[28].From, SurpriseMeter.Of(missing, Start, new DateOnly(2023, 1, 1), ChangeKind.Log)!.Value.Published);
        Assert.Null(SurpriseMeter.Of(Series.Select(one => one with { Value = 1 }), Start, new DateOnly(2023, 1, 1), ChangeKind.Log)!.Value.Value);
    }

    private static List<Vintage> Make(int months, int seed)
    {
        var random = new Random(seed);
        var level = 100.0;
        return
        [
            .. Enumerable.Range(0, months).Select(i => new Vintage(
                Start.AddMonths(i), Start.AddMonths(i + 1).AddDays(9), DateOnly.MaxValue, level += random.NextDouble())),
        ];
    }

    private static List<Vintage> Revise(List<Vintage> series, int month, DateOnly on, double by) =>
    [
        .. series[..month], series[month] with { Until = on.AddDays(-1) }, series[month] with { From = on, Value = series[month].Value + by }, .. series[(month + 1)..],
    ];
}
