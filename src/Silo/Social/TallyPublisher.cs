using System.Globalization;
using System.Text.Json;
using BtcAgent.Contracts.Social;
using BtcAgent.Domain.Sentiment;
using BtcAgent.Social;
using BtcAgent.Social.X;

namespace BtcAgent.Silo.Social;

/// <summary>
/// Turns scored posts into tallies. The position in the source is stored before the tally with its posts is published: a crash between the two loses one
/// tally, and no post ever counts twice.
/// </summary>
internal sealed class TallyPublisher(
    IGrainFactory grains, long epoch, PostScoring scoring, XReading? reading, OfferedPosts offered, SocialFigures figures, TimeProvider time)
{
    /// <summary>
    /// Time between two stored positions in the simulated X, which writes all the time: a new process has another one without the earlier posts, so that none
    /// could come twice.
    /// </summary>
    private static readonly TimeSpan SimulatedStoreEvery = TimeSpan.FromSeconds(30);

    private readonly ISentimentGrain _sentiment = grains.GetGrain<ISentimentGrain>(ISentimentGrain.Bitcoin);
    private readonly IPostInboxGrain _inbox = grains.GetGrain<IPostInboxGrain>(IPostInboxGrain.Key);
    private readonly ISocialStoreGrain? _store = reading is null ? null : grains.GetGrain<ISocialStoreGrain>(reading.Name);
    private readonly TallySums _sums = new(scoring.Identity);
    private readonly ISocialBoardGrain _board = grains.GetGrain<ISocialBoardGrain>(ISentimentGrain.Bitcoin);
    private readonly List<JudgedPost> _views = [];
    private readonly List<JudgedPost> _unkept = [];

    private SentimentTally? _unpublished;
    private (string Cursor, long Offered)? _unstored;
    private string? _stored;
    private long? _storedAt;
    private long _done;
    private long? _publishedAt;
    private long _last = -1;
    private long _refused;

    public OfferedPosts Offered => offered;

    private bool IsStoreDue => reading is not { IsSimulated: true } || _storedAt is not { } at || time.GetElapsedTime(at) >= SimulatedStoreEvery;

    /// <summary>Publishes the posts since the last step. After a failure the next step continues.</summary>
    /// <param name="aliveEvery">Time after which a tally without posts says that the source is alive.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The posts of the tally.</returns>
    /// <exception cref="InvalidOperationException">The lease has passed to another process.</exception>
    public async Task<IReadOnlyList<JudgedPost>> StepAsync(TimeSpan aliveEvery, CancellationToken cancellationToken)
    {
        if (_last < 0)
        {
            _last = (await _sentiment.GetTallies(0)).Tallies is [.., var known] ? known.Number : 0;
        }

        // A step that failed left these: no further post is taken before them, so that those which wait are bounded.
        await PublishAsync();
        await KeepAsync();
        await StoreAsync();
        await offered.BringAsync();
        await TakeAsync(cancellationToken);
        await KeepAsync();
        await StoreAsync();
        var now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        if (_sums.Posts > 0 || (reading?.IsDelivering == true && (_publishedAt is not { } at || time.GetElapsedTime(at) >= aliveEvery)))
        {
            _unpublished = _sums.Take(_last, now);
            await PublishAsync();
        }

        figures.Refused(reading?.Name ?? "", (reading?.Refused ?? 0) - _refused);
        _refused = reading?.Refused ?? 0;
        List<JudgedPost> views = [.. _views];
        _views.Clear();
        return views;
    }

    /// <summary>Takes the scores of all posts that the position covers, and of no others.</summary>
    private async Task TakeAsync(CancellationToken cancellationToken)
    {
        var (position, number, upTo) = (reading?.Position, offered.Last, scoring.Added);
        var taken = new HashSet<long>();
        foreach (var scored in await scoring.TakeAsync(upTo, cancellationToken))
        {
            // A post may be scored before the source's own position has it: both in one, it is neither lost nor counted again.
            if (scored.Post.Source == reading?.Name && long.TryParse(scored.Post.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                taken.Add(id);
            }

            if (scored.Score is { } score)
            {
                _sums.Add(score);
                _views.Add(PostView.Of(scored));
                _unkept.Add(_views[^1]);
            }
        }

        _unstored = (position is null ? "" : JsonSerializer.Serialize(With(position, taken)), number);
    }

    /// <summary>A position without a floor is that of a reader which has not begun; the next step has one.</summary>
    private static PostCursor With(PostCursor position, HashSet<long> taken) => position.Floor == 0 || taken.Count == 0
        ? position
        : position with { Seen = [.. position.Seen.Union(taken.Where(id => id > position.Floor)).Order()] };

    private async Task KeepAsync()
    {
        if (_unkept.Count > 0)
        {
            SocialService.Demand(await _board.Keep(epoch, [.. _unkept]));
            _unkept.Clear();
        }
    }

    private async Task StoreAsync()
    {
        if (_unstored is not var (cursor, number))
        {
            return;
        }

        if (_store is not null && _sums.Posts > 0 && cursor != _stored && IsStoreDue)
        {
            SocialService.Demand(await _store.SaveCursor(epoch, cursor));
            (_stored, _storedAt) = (cursor, time.GetTimestamp());
        }

        if (number > _done)
        {
            await _inbox.Done(number);
            _done = number;
        }

        _unstored = null;
    }

    private async Task PublishAsync()
    {
        if (_unpublished is not { } tally)
        {
            return;
        }

        // After an outage it becomes known now, not when it was first tried; the number is the same, so it counts once.
        tally = tally with { KnownAt = Timestamp.FromDateTimeOffset(time.GetUtcNow()) };

        SocialService.Demand(await _sentiment.Publish(new SentimentBatch(epoch, [tally])));
        _last = tally.Number;
        (_unpublished, _publishedAt) = (null, time.GetTimestamp());
        figures.Published(tally);
    }
}
