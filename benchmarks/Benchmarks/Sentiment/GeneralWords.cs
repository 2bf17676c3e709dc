using System.Globalization;

namespace BtcAgent.Benchmarks.Sentiment;

/// <summary>
/// A compact general vocabulary of English for <see cref="VaderRules"/>: frequent words with their mean human rating, −4…4, as Hutto and
/// Gilbert (2014) publish them, rounded. It has no vocabulary of finance beyond the words that general English rates too.
/// </summary>
internal static class GeneralWords
{
    private const string Rated =
        """
        3.2 love loved great greatest awesome
        2.8 loves amazing best win wins winning wonderful fantastic excellent happy perfect excited superb success joy brilliant
        2.4 gain beautiful winner winners congrats congratulations fun impressive positive incredible lol rejoice rejoicing enjoy pretty
        2.0 good better nice strong strength glad interesting interest like liked likes profit profitable growth safe smart confident confidence opportunity opportunities
        1.7 support hope hopes thanks thank easy favorite improve improved improving improvement reward rewards benefit bright cheer worth haha healthy steady stronger strongest trust agree promising optimistic optimism special important
        1.4 gains yes ready cool clean clear fresh fair free help helps helpful increase increased interested kind ok please prefer rich save solid top true welcome want won haha creative energy easily
        -1.2 loss losing cut drop drops dropped miss missed missing risk risky warning warns problem problems debt hard low worry worried concern concerns concerned doubt doubts delay delayed stop stopped stuck tired lost avoid cautious shortage resign
        -1.7 lose loses weak weakness crash crashed trouble worries sorry fail fails sad poor wrong threat pressure struggling crisis disappoint disappointed disappointing accuse accuses sued skeptical denied deny rejected reject volatile doomed
        -2.1 failed failing failure bad worse ugly angry fear panic scared scary attack attacked fraud lie lies pain hurt hurts stupid dumb disaster steal stole stolen destroyed destroy broken suck sucks victim cheat
        -2.7 hate hated hates worst horrible awful terrible kill killed dead death die disgusting damn hell evil
        """;

    /// <summary>Ratings by word.</summary>
    public static IReadOnlyDictionary<string, double> Ratings { get; } = Rated.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .SelectMany(parts => parts[1..].Select(word => (word, double.Parse(parts[0], CultureInfo.InvariantCulture))))
        .DistinctBy(pair => pair.word).ToDictionary(pair => pair.word, pair => pair.Item2);
}
