using BtcAgent.Contracts.Social;
using BtcAgent.Domain.Social;
using BtcAgent.Social.Authors;
using BtcAgent.Social.Sources;

namespace BtcAgent.Silo.Social;

/// <summary>Brings offered posts from the inbox to the scoring, each once in a run.</summary>
internal sealed class OfferedPosts(IPostInboxGrain inbox, PostScoring scoring, SocialFigures figures)
{
    /// <summary>Sources that are shown; those of later names are counted together.</summary>
    private const int SourcesMax = 16;

    private const string Others = "(others)";

    private readonly Dictionary<string, (long Posts, Timestamp Last)> _sources = new(StringComparer.Ordinal);

    /// <summary>Number of the last post that was brought.</summary>
    public long Last { get; private set; }

    public IEnumerable<SocialSourceStatus> Sources => _sources.OrderBy(source => source.Key, StringComparer.Ordinal).Select(source => new SocialSourceStatus
    {
        Source = source.Key,
        Phase = SocialPhase.Offered,
        IsAlive = false,
        Reason = "posts are offered by POST /api/v1/social/posts",
        Since = Timestamp.Unknown,
        WaitSeconds = 0,
        LastPostAt = source.Value.Last,
        Accepted = source.Value.Posts,
        Repeated = 0,
        Refused = 0,
        Removed = 0,
        Counted = 0,
        Disconnects = 0,
    });

    /// <summary>Brings the posts for which there is a place; the others wait in the inbox.</summary>
    public async Task BringAsync()
    {
        foreach (var post in await inbox.GetWaiting(Last))
        {
            if (!scoring.TryAdd(PostOf(post)))
            {
                return;
            }

            Last = post.Number;
            Count(post);
        }
    }

    private static SocialPost PostOf(OfferedPost post) => new()
    {
        Source = post.Source,
        Id = post.Id,
        Text = post.Text,
        Author = new AuthorFacts(post.Followers, post.AgeDays, post.PostsPerDay, null) { Id = post.Author },
        CreatedAt = post.CreatedAt,
        ReceivedAt = post.ReceivedAt,
        Language = post.Language,
    };

    private void Count(OfferedPost post)
    {
        var name = _sources.ContainsKey(post.Source) || _sources.Count < SourcesMax ? post.Source : Others;
        _sources[name] = (_sources.GetValueOrDefault(name).Posts + 1, post.ReceivedAt);
        figures.Read(SocialFigures.Offered);
    }
}
