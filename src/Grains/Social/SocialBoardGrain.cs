using System.Collections.Immutable;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Social;
using BtcAgent.Domain.Facts;

namespace BtcAgent.Grains.Social;

/// <summary>Keeps the reader's last reports in memory only, and publishes its posts as facts.</summary>
internal sealed class SocialBoardGrain(IFactPublisher facts, TimeProvider time) : Grain, ISocialBoardGrain
{
    /// <summary>X's rules want removals honoured within this time; a text that is gone by then cannot break them.</summary>
    private static readonly TimeSpan TextAgeMax = TimeSpan.FromHours(24);

    /// <summary>A log that accepts nothing for this long must not end the reading of posts; its own counters show the loss.</summary>
    private static readonly TimeSpan PublishMax = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>The newest last.</summary>
    private readonly List<JudgedPost> _posts = new(ISocialBoardGrain.PostsMax);

    private SocialStatus _status = SocialStatus.None;
    private long _epoch;

    public Task<bool> Report(SocialReport report)
    {
        if (report.Epoch < _epoch)
        {
            return Task.FromResult(false);
        }

        (_epoch, _status) = (report.Epoch, report.Status);
        _posts.AddRange(report.Posts.TakeLast(ISocialBoardGrain.PostsMax));
        _posts.RemoveRange(0, Math.Max(0, _posts.Count - ISocialBoardGrain.PostsMax));
        Expire();
        return Task.FromResult(true);
    }

    public async Task<bool> Keep(long epoch, ImmutableArray<JudgedPost> posts)
    {
        if (epoch < _epoch)
        {
            return false;
        }

        _epoch = epoch;
        foreach (var post in posts)
        {
            facts.Publish(new PostFact(
                post.Source, post.Id, post.Language, post.CreatedAt, post.ReceivedAt, post.KnownAt, post.Tone, post.Confidence, post.ContentWeight, post.Weight,
                post.Scorer, post.ScorerHash));
        }

        // As long as the oldest fact that waits is as old as these, they wait too.
        var published = time.GetTimestamp();
        for (var waited = TimeSpan.Zero; facts.Lag is var lag && lag > TimeSpan.Zero && lag >= waited && waited < PublishMax; waited = time.GetElapsedTime(published))
        {
            await Task.Delay(LookEvery, time);
        }

        return true;
    }

    public Task Remove(string source, string id, PostRemovalReason reason)
    {
        for (var i = 0; i < _posts.Count; i++)
        {
            if (_posts[i].Source == source && _posts[i].Id == id)
            {
                _posts[i] = _posts[i].Without(reason);
            }
        }

        return Task.CompletedTask;
    }

    public Task<ImmutableArray<JudgedPost>> GetPosts(int limit)
    {
        Expire();
        return Task.FromResult<ImmutableArray<JudgedPost>>([.. _posts.AsEnumerable().Reverse().Take(limit)]);
    }

    public Task<SocialStatus> GetStatus() => Task.FromResult(_status);

    private void Expire()
    {
        var oldest = Timestamp.FromDateTimeOffset(time.GetUtcNow()) - TextAgeMax;
        for (var i = 0; i < _posts.Count; i++)
        {
            if (_posts[i].Removed is null && _posts[i].ReceivedAt < oldest)
            {
                _posts[i] = _posts[i].Without(PostRemovalReason.Expired);
            }
        }
    }
}
