using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BtcAgent.Domain.Sentiment;

namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>
/// Reads and writes tallies of posts beside a tape: one JSON object per line, <c>{"number":…,"knownAtNs":…,"posts":…,"content":…}</c>, in the order of numbers and
/// times. Names and units are those of <see cref="SentimentTally"/>; <c>knownAtNs</c> is in nanoseconds since 1970 UTC; sums that are left out are 0. <c>scorer</c> and <c>scorerHash</c> name who judged the tones, where that is known.
/// </summary>
public static class SentimentFile
{
    /// <summary>Longest line in characters. A tally with the largest numbers has some 350.</summary>
    private const int LineMax = 4_096;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <exception cref="MarketFeedException">The file is absent, or a line is not a tally, repeats a number or is out of order; the message names the line.</exception>
    public static ImmutableArray<SentimentTally> Read(string path)
    {
        try
        {
            var tallies = ImmutableArray.CreateBuilder<SentimentTally>();
            var number = 0;
            foreach (var line in LinesOf(path))
            {
                number++;
                if (!string.IsNullOrWhiteSpace(line))
                {
                    var tally = Parse(line, path, number);
                    CheckOrder(tallies, in tally, path, number);
                    tallies.Add(tally);
                }
            }

            return tallies.Count > 0 ? tallies.ToImmutable() : throw new MarketFeedException($"'{path}' has no tally of posts: give a file with one JSON object per line");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new MarketFeedException($"the tallies of posts cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>The line of a tally, without its end.</summary>
    public static string LineOf(in SentimentTally tally) => JsonSerializer.Serialize(
        new TallyLine
        {
            Number = tally.Number,
            KnownAtNs = tally.KnownAt.UnixNanoseconds,
            Posts = tally.Posts,
            Content = tally.Content,
            ContentTone = tally.ContentTone,
            ContentToneSquared = tally.ContentToneSquared,
            ExtremeContent = tally.ExtremeContent,
            Influence = tally.Influence,
            InfluenceTone = tally.InfluenceTone,
            Scorer = tally.Scorer?.Id,
            ScorerHash = tally.Scorer?.Hash,
        },
        Json);

    /// <summary>A file that is something else may have a line of gigabytes: no more than the longest line is in memory.</summary>
    private static IEnumerable<string> LinesOf(string path)
    {
        using var reader = new StreamReader(path);
        var (line, number) = (new StringBuilder(), 1);
        for (int read; (read = reader.Read()) >= 0;)
        {
            if (read == '\n')
            {
                yield return line.ToString();
                line.Clear();
                number++;
            }
            else if (line.Length < LineMax)
            {
                line.Append((char)read);
            }
            else
            {
                throw Refused(path, number, string.Create(CultureInfo.InvariantCulture, $"it has more than {LineMax} characters: give a file with one JSON object per line"));
            }
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }

    private static SentimentTally Parse(string line, string path, int number)
    {
        TallyLine sums;
        try
        {
            sums = JsonSerializer.Deserialize<TallyLine>(line, Json) ?? throw new JsonException("null is not a tally");
        }
        catch (JsonException problem)
        {
            // Its own message names our types and counts lines from 0.
            throw Refused(path, number, $"not a tally of posts{(problem.Path is { Length: > 2 } at ? $" ({at[2..]})" : "")}: write an object with number, knownAtNs and sums, all whole numbers");
        }

        var tally = new SentimentTally
        {
            Number = sums.Number,
            KnownAt = new Timestamp(sums.KnownAtNs),
            Posts = sums.Posts,
            Content = sums.Content,
            ContentTone = sums.ContentTone,
            ContentToneSquared = sums.ContentToneSquared,
            ExtremeContent = sums.ExtremeContent,
            Influence = sums.Influence,
            InfluenceTone = sums.InfluenceTone,
            Scorer = sums is { Scorer: null, ScorerHash: null } ? null : new ScorerIdentity(sums.Scorer ?? "", sums.ScorerHash ?? ""),
        };
        return tally.Problem() is { } impossible ? throw Refused(path, number, impossible) : tally;
    }

    private static void CheckOrder(ImmutableArray<SentimentTally>.Builder before, in SentimentTally tally, string path, int number)
    {
        if (before.Count == 0)
        {
            return;
        }

        var last = before[^1];
        if (tally.Number == last.Number)
        {
            throw Refused(path, number, string.Create(CultureInfo.InvariantCulture, $"number {tally.Number} is that of the tally before: remove one of the two"));
        }

        if (tally.Number < last.Number || tally.KnownAt < last.KnownAt)
        {
            throw Refused(path, number, string.Create(
                CultureInfo.InvariantCulture,
                $"tally {tally.Number}, known at {tally.KnownAt}, comes after {last.Number}, known at {last.KnownAt}: sort the file by number and time"));
        }
    }

    private static MarketFeedException Refused(string path, int line, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"'{path}' line {line}: {problem}"));

    private sealed class TallyLine
    {
        public required long Number { get; init; }

        public required long KnownAtNs { get; init; }

        public long Posts { get; init; }

        public long Content { get; init; }

        public long ContentTone { get; init; }

        public long ContentToneSquared { get; init; }

        public long ExtremeContent { get; init; }

        public long Influence { get; init; }

        public long InfluenceTone { get; init; }

        public string? Scorer { get; init; }

        public string? ScorerHash { get; init; }
    }
}
