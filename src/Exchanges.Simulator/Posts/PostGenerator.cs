using System.Globalization;
using BtcAgent.Exchanges.Simulator.Flow;

namespace BtcAgent.Exchanges.Simulator.Posts;

/// <summary>
/// Posts at Poisson times whose tone follows a market's return with noise and lag, among campaigns, bots and chatter. The same options, times and returns
/// give the same posts. Not safe for several threads.
/// </summary>
/// <param name="options">Rates and shares.</param>
/// <param name="start">The first post comes after it.</param>
public sealed class PostGenerator(PostGeneratorOptions options, DateTimeOffset start)
{
    /// <summary>Returns that are kept for late reactions.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    /// <summary>Posts of one step; a long pause does not flood.</summary>
    private const int StepMax = 10_000;

    private const int AuthorsMax = 2_000;
    private const int BotsMax = 20;
    private const int CampaignMin = 5;
    private const int CampaignMax = 40;

    /// <summary>More than this share of additional posts comes from nobody.</summary>
    private const double ExcitementMax = 10;

    private readonly SeededRandom _random = new((ulong)options.Seed);
    private readonly List<(DateTimeOffset At, double Return)> _returns = [];
    private readonly PriorityQueue<SyntheticPost, DateTimeOffset> _planned = new();
    private readonly DateTimeOffset _start = start;
    private DateTimeOffset _now = start;
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>The posts from the last call until now, in order of time.</summary>
    /// <param name="now">Not before the last call; an earlier time gives none.</param>
    /// <param name="marketReturn">The market's return over the last minutes, as a fraction such as 0.01; not finite counts as 0.</param>
    public IReadOnlyList<SyntheticPost> Until(DateTimeOffset now, double marketReturn)
    {
        var posts = new List<SyntheticPost>();
        if (now <= _now)
        {
            return posts;
        }

        var percent = double.IsFinite(marketReturn) ? Math.Clamp(marketReturn * 100, -100, 100) : 0;
        _returns.Add((now, percent));
        if (_returns[0].At < now - (2 * Memory))
        {
            _returns.RemoveAll(known => known.At < now - Memory);
        }

        var rate = options.PostsPerSecond * (1 + Math.Min(ExcitementMax, options.Excitement * Math.Abs(percent)));
        _next = _next == DateTimeOffset.MinValue ? _now + Gap(rate) : _next;
        for (var written = 0; _next <= now && written < StepMax; written++)
        {
            Write(_next);
            _next += Gap(rate);
        }

        _next = _next <= now ? now + Gap(rate) : _next;
        while (_planned.TryPeek(out _, out var at) && at <= now)
        {
            posts.Add(_planned.Dequeue());
        }

        _now = now;
        return posts;
    }

    private TimeSpan Gap(double rate) => TimeSpan.FromSeconds(_random.Exponential(1 / rate));

    private void Write(DateTimeOffset at)
    {
        var draw = _random.Uniform();
        if (draw < options.CampaignShare)
        {
            BeginCampaign(at);
        }
        else if (draw < options.CampaignShare + options.BotShare)
        {
            Plan(new SyntheticPost(at, Bot(), PostTemplates.OfBot(_random), "en", PostKind.Bot, PostTone.Neutral));
        }
        else if (draw < options.CampaignShare + options.BotShare + options.ChatterShare)
        {
            Plan(new SyntheticPost(at, Person(), Typed(PostTemplates.OfChatter(_random)), "en", PostKind.Chatter, PostTone.Neutral));
        }
        else
        {
            var language = PostTemplates.Language(_random);
            var tone = Tone(at);
            Plan(new SyntheticPost(at, Person(), Typed(PostTemplates.Opinion(_random, language, tone)), language, PostKind.Opinion, tone));
        }
    }

    private void BeginCampaign(DateTimeOffset at)
    {
        var text = PostTemplates.OfCampaign(_random);
        var copies = CampaignMin + _random.Below(CampaignMax - CampaignMin);
        for (var i = 0; i < copies; i++)
        {
            var copy = string.Create(CultureInfo.InvariantCulture, $"{Typed(text)} https://example.com/{_random.Below(100_000)}");
            Plan(new SyntheticPost(at + TimeSpan.FromSeconds(_random.Uniform() * 300), Person(), copy, "en", PostKind.Campaign, PostTone.Good));
        }
    }

    private PostTone Tone(DateTimeOffset at)
    {
        var felt = (options.Reaction * ReturnAt(at - TimeSpan.FromSeconds(_random.Exponential(options.LagSeconds)))) + _random.Gaussian();
        return felt > 0.5 ? PostTone.Good : felt < -0.5 ? PostTone.Bad : PostTone.Neutral;
    }

    /// <summary>The return that was known then, in percent.</summary>
    private double ReturnAt(DateTimeOffset at)
    {
        for (var i = _returns.Count - 1; i >= 0; i--)
        {
            if (_returns[i].At <= at)
            {
                return _returns[i].Return;
            }
        }

        return 0;
    }

    private SyntheticAuthor Person() => Author(1_000_000 + _random.Below(AuthorsMax), postsPerDay: 8);

    private SyntheticAuthor Bot() => Author(9_000_000 + _random.Below(BotsMax), postsPerDay: 400);

    /// <summary>An author's figures follow from the number and the seed.</summary>
    private SyntheticAuthor Author(int number, int postsPerDay)
    {
        var own = new SeededRandom(((ulong)options.Seed << 32) ^ (ulong)number);
        var days = 1 + own.Below(4_000);
        return new SyntheticAuthor(
            number.ToString(CultureInfo.InvariantCulture), $"synthetic_{number}", _start.AddDays(-days),
            (int)Math.Min(5_000_000, own.Exponential(1) * Math.Exp(own.Gaussian() * 2) * 300), 1 + (int)(days * postsPerDay * own.Uniform()));
    }

    private string Typed(string text) => Typos.In(_random, text, options.TypoShare);

    private void Plan(SyntheticPost post) => _planned.Enqueue(post, post.CreatedAt);
}
