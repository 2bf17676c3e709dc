using BtcAgent.Exchanges.Simulator.Posts;

namespace BtcAgent.Exchanges.Simulator.Tests.Posts;

public sealed class PostGeneratorTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Until_SameSeed_GivesTheSamePosts()
    {
        Assert.Equal(Run(1, _ => 0.01), Run(1, _ => 0.01));
        Assert.NotEqual(Run(1, _ => 0.01).Select(post => post.Text), Run(2, _ => 0.01).Select(post => post.Text));
    }

    [Fact]
    public void Until_OneSecondSteps_AreInOrderAndInside()
    {
        var posts = Run(1, _ => 0);
        Assert.Equal(posts.OrderBy(post => post.CreatedAt), posts);
        Assert.All(posts, post => Assert.InRange(post.CreatedAt, Start, Start.AddHours(2)));
    }

    /// <summary>7,200 expected posts without campaigns; 4 standard deviations of a Poisson count are 340.</summary>
    [Fact]
    public void Until_QuietMarket_HasThePoissonRate()
    {
        var posts = Run(3, _ => 0, options => options.CampaignShare = 0);
        Assert.InRange(posts.Count, 7_200 - 340, 7_200 + 340);
        var gaps = posts.Zip(posts.Skip(1), (a, b) => (b.CreatedAt - a.CreatedAt).TotalSeconds).ToList();
        var mean = gaps.Average();
        Assert.InRange(Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean))) / mean, 0.93, 1.07);
    }

    [Fact]
    public void Until_ReturnsOfBothSigns_LeadTheTone()
    {
        Assert.InRange(Tone(_ => 0.01), 0.5, 1);
        Assert.InRange(Tone(_ => -0.01), -1, -0.5);
        Assert.InRange(Tone(_ => 0), -0.05, 0.05);
        Assert.InRange(Tone(_ => 0.01, options => options.Reaction = 0), -0.05, 0.05);
        Assert.InRange(Tone(_ => double.NaN), -0.05, 0.05);
    }

    /// <summary>The return jumps after an hour; with a mean lag of 5 minutes, 18 % of the tones know it after one minute, and 98 % after 20.</summary>
    [Fact]
    public void Until_Lag_DelaysTheReaction()
    {
        var posts = Enumerable.Range(1, 20).SelectMany(seed => Run(
            seed, second => second < 3_600 ? 0 : 0.02, options => (options.LagSeconds, options.CampaignShare, options.Excitement) = (300, 0, 0))).ToList();
        var early = Mean(posts, 3_600, 3_660);
        var late = Mean(posts, 4_800, 7_200);
        Assert.InRange(late, 0.85, 1);
        Assert.InRange(early, -0.1, late / 2);
    }

    [Fact]
    public void Until_BigMove_WritesMorePosts() => Assert.InRange(
        Run(1, _ => 0.03, options => options.CampaignShare = 0).Count / (double)Run(1, _ => 0, options => options.CampaignShare = 0).Count, 3.7, 4.3);

    [Fact]
    public void Until_Mix_HasCampaignsBotsChatterAndLanguages()
    {
        var posts = Run(1, _ => 0);
        Assert.Equal(4, posts.Select(post => post.Kind).Distinct().Count());
        Assert.Equal(7, posts.Select(post => post.Language).Distinct().Count());
        Assert.All(posts, post => Assert.StartsWith("synthetic_", post.Author.Name, StringComparison.Ordinal));
        Assert.Equal(posts.Select(post => post.Author.Id).Distinct().Count(), posts.Select(post => post.Author).Distinct().Count());
        Assert.All(posts.Where(post => post.Kind == PostKind.Bot), post => Assert.StartsWith("9", post.Author.Id, StringComparison.Ordinal));
    }

    [Fact]
    public void Until_LongPause_IsBounded()
    {
        var generator = new PostGenerator(new PostGeneratorOptions { PostsPerSecond = 100 }, Start);
        Assert.InRange(generator.Until(Start.AddDays(30), 0).Count, 1, 20_000);
        Assert.InRange(generator.Until(Start.AddDays(30).AddSeconds(10), 0).Count, 500, 2_000);
        Assert.Empty(generator.Until(Start, 0));
    }

    private static double Tone(Func<int, double> marketReturn, Action<PostGeneratorOptions>? configure = null) =>
        Mean(Run(1, marketReturn, configure), 300, 7_200);

    private static double Mean(IEnumerable<SyntheticPost> posts, int from, int until) => posts
        .Where(post => post.Kind == PostKind.Opinion && post.CreatedAt >= Start.AddSeconds(from) && post.CreatedAt < Start.AddSeconds(until))
        .Average(post => (int)post.Tone - (int)PostTone.Neutral);

    private static List<SyntheticPost> Run(int seed, Func<int, double> marketReturn, Action<PostGeneratorOptions>? configure = null)
    {
        var options = new PostGeneratorOptions { Seed = seed };
        configure?.Invoke(options);
        var generator = new PostGenerator(options, Start);
        return [.. Enumerable.Range(1, 7_200).SelectMany(second => generator.Until(Start.AddSeconds(second), marketReturn(second)))];
    }
}
