using System.Diagnostics;
using System.Globalization;
using BtcAgent.Domain;
using BtcAgent.Social;
using BtcAgent.Social.Authors;
using BtcAgent.Social.Lexicons;
using BtcAgent.Social.Scoring;
using BtcAgent.Social.Text;

namespace BtcAgent.Benchmarks.Sentiment;

/// <summary>
/// The lexicon beside VADER's published rules on posts rated by people, and posts a second on one core, by the process's time and by the clock: <c>sentiment [FOLDER] [--writing]</c>.
/// FOLDER has <c>sentiment-fiqa/FiQA_post.json</c>, by default <c>BTCAGENT_DATA</c>. <c>--writing</c> shows the half that the lexicon was written
/// on, with its errors.
/// </summary>
internal static class SentimentFigures
{
    private const int Posts = 20_000;
    private const int Passes = 5;

    private static readonly double[] NeutralMax = [0.1, 0.05, 0.2];

    public static int Run(IReadOnlyList<string> arguments)
    {
        var scorer = new LexiconScorer(Lexicon.Embedded);
        Console.WriteLine($"{scorer.Id}: {Lexicon.Embedded.Count} terms, SHA-256 {scorer.Hash}");
        var folder = arguments.FirstOrDefault(argument => !argument.StartsWith("--", StringComparison.Ordinal)) ?? Environment.GetEnvironmentVariable("BTCAGENT_DATA");
        var path = Path.Combine(folder ?? "", "sentiment-fiqa", "FiQA_post.json");
        if (File.Exists(path))
        {
            Compare(scorer, JudgedPost.Read(path), arguments.Contains("--writing"));
        }
        else
        {
            Console.WriteLine($"not judged: there is no '{path}'; name its folder, or set BTCAGENT_DATA");
        }

        Throughput(scorer);
        return 0;
    }

    private static void Compare(LexiconScorer scorer, IReadOnlyList<JudgedPost> all, bool writing)
    {
        var posts = all.Where(post => post.IsJudged != writing).ToList();
        Console.WriteLine($"{posts.Count} posts of the {(writing ? "half that the lexicon was written on" : "judged half")}");
        foreach (var neutralMax in NeutralMax)
        {
            var (lexicon, vader) = (new Confusion(), new Confusion());
            foreach (var post in posts)
            {
                var truth = post.ClassOf(neutralMax);
                var score = scorer.Score(PostReader.Read(post.Text));
                lexicon.Add(truth, score.Class);
                vader.Add(truth, ToneScore.ClassOf(VaderRules.Score(post.Text)));
                if (writing && score.Class != truth && neutralMax == NeutralMax[0])
                {
                    var terms = string.Join(", ", score.Terms.Select(term => FormattableString.Invariant($"{term.Term} {term.Value:F2} {term.Rule}")));
                    Console.WriteLine(FormattableString.Invariant($"  {post.Rating:F2} {score.Tone:F2} {post.Text.ReplaceLineEndings(" ")} [{terms}]"));
                }
            }

            Console.WriteLine(FormattableString.Invariant($"ratings up to ±{neutralMax} are neutral"));
            lexicon.Write("lexicon");
            vader.Write("VADER's rules, general words");
        }
    }

    private static void Throughput(LexiconScorer scorer)
    {
        var random = new Random(1);
        string[] words = ["bitcoin", "is", "the", "to", "price", "market", "falling", "not", "very", "strong", "breakout", "sell", "soon", "shorts", "liquidated", "and", "week", "support", "chart", "of"];
        Throughput(scorer, "pipeline and lexicon, one thread", _ => $"$BTC {Words(25)} 🚀 https://t.co/{random.Next()}");
        var slogan = Words(12);
        Throughput(scorer, "the same, half of each post a common phrase", _ => $"$BTC {Words(6)} {slogan} {Words(7)} 🚀 https://t.co/{random.Next()}");

        string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => words[random.Next(words.Length)]));
    }

    private static void Throughput(LexiconScorer scorer, string name, Func<int, string> text)
    {
        var texts = Enumerable.Range(0, Posts).Select(text).ToArray();
        var (rates, elapsed) = (new double[Passes], new double[Passes]);
        for (var pass = -1; pass < Passes; pass++)
        {
            var pipeline = PostScorer.Create(scorer);
            var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            for (var i = 0; i < texts.Length; i++)
            {
                pipeline.Score(new Post(texts[i], new AuthorFacts(100, 500, 3, 1), Timestamp.FromUnixMilliseconds(i + 1)));
            }

            (rates[Math.Max(0, pass)], elapsed[Math.Max(0, pass)]) =
                (texts.Length / (Environment.CpuUsage.TotalTime - used).TotalSeconds, texts.Length / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        Array.Sort(rates);
        Array.Sort(elapsed);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: median {rates[Passes / 2]:N0} posts a second of processor time, lowest {rates[0]:N0}; by the clock {elapsed[Passes / 2]:N0}"));
    }
}
