using System.Globalization;
using BtcAgent.Social.Weights;

namespace BtcAgent.Social.Authors;

/// <summary>
/// Four factors of an author's weight. Followers count by their logarithm (0.2 at none, 1 from a million on), age rises
/// linearly to one year (0.2…1), more than 50 posts a day count 50 / rate (at least 0.1), and copies count by the share of unique texts
/// (0.1…1). An unknown figure counts 0.5; so do figures that are negative or not finite.
/// </summary>
public static class AuthorWeight
{
    private const double Unknown = 0.5;

    public static IReadOnlyList<WeightFactor> Of(AuthorFacts author) =>
    [
        Factor("author.followers", author.Followers, static value => Math.Clamp(Math.Log10(1 + value) / 6, 0.2, 1)),
        Factor("author.age", author.AgeDays, static value => Math.Clamp(0.2 + (0.8 * value / 365), 0.2, 1)),
        Factor("author.rate", author.PostsPerDay, static value => value <= 50 ? 1 : Math.Max(0.1, 50 / value)),
        Factor("author.unique", author.UniqueShare, static value => Math.Clamp(value, 0.1, 1)),
    ];

    private static WeightFactor Factor(string name, double? value, Func<double, double> weight) => value is >= 0 and < double.PositiveInfinity
        ? new(name, weight(value.Value), value.Value.ToString("0.##", CultureInfo.InvariantCulture))
        : new(name, Unknown, "unknown");
}
