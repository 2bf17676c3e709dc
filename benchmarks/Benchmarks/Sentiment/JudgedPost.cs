using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BtcAgent.Social.Scoring;

namespace BtcAgent.Benchmarks.Sentiment;

/// <summary>A post of FiQA 2018 task 1 with the rating of people, −1…1.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Rating">The mean, if it is rated for several targets.</param>
internal sealed record JudgedPost(string Text, double Rating)
{
    /// <summary>
    /// True for the half that is judged; the lexicon was written on the other half only. The first byte of the SHA-256 of the text is odd:
    /// equal texts are in the same half.
    /// </summary>
    public bool IsJudged => SHA256.HashData(Encoding.UTF8.GetBytes(Text))[0] % 2 == 1;

    /// <param name="neutralMax">Greatest absolute rating of the class neutral.</param>
    public ToneClass ClassOf(double neutralMax) => Rating > neutralMax ? ToneClass.Positive : Rating < -neutralMax ? ToneClass.Negative : ToneClass.Neutral;

    public static IReadOnlyList<JudgedPost> Read(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        return
        [
            .. json.RootElement.EnumerateObject().Select(post => new JudgedPost(
                post.Value.GetProperty("sentence").GetString()!,
                post.Value.GetProperty("info").EnumerateArray()
                    .Average(info => double.Parse(info.GetProperty("sentiment_score").GetString()!, CultureInfo.InvariantCulture)))),
        ];
    }
}
