using System.Collections.Immutable;
using BtcAgent.Contracts.Social;
using BtcAgent.Domain.Social;
using BtcAgent.Grains.Storage;

namespace BtcAgent.Grains.Social;

/// <summary>
/// Keeps the inbox. Stores each change before it is answered; a failed write ends the activation. Offers with new posts are limited, since each stores the
/// whole inbox in the store that orders use: <see cref="OffersMax"/> in a row, then <see cref="OffersPerSecond"/>.
/// </summary>
internal sealed class PostInboxGrain(
    [PersistentState(GrainStateNames.PostInbox, GrainStateNames.Provider)] IPersistentState<PostInboxGrainState> state,
    TimeProvider time) : Grain, IPostInboxGrain
{
    private const double OffersMax = 60;
    private const double OffersPerSecond = 2;

    private double _offers = OffersMax;
    private long _countedAt = time.GetTimestamp();

    public async Task<OfferAnswer> Offer(ImmutableArray<OfferedPost> posts)
    {
        if (state.State.Inbox.Offer(posts, Timestamp.FromDateTimeOffset(time.GetUtcNow())) is not var (inbox, taken))
        {
            return new OfferAnswer(0, 0, $"{state.State.Inbox.Waiting.Length} posts wait for the reader, of at most {PostInbox.WaitingMax} with {PostInbox.WaitingCharactersMax} characters: offer these again in some seconds");
        }

        if (taken > 0 && !TryCount())
        {
            return new OfferAnswer(0, 0, $"new posts were offered more than {OffersMax} times in a row: offer several together, at most {OffersPerSecond} times a second");
        }

        await StoreAsync(inbox);
        return new OfferAnswer(taken, posts.Length - taken, null);
    }

    public Task<ImmutableArray<OfferedPost>> GetWaiting(long after) =>
        Task.FromResult<ImmutableArray<OfferedPost>>([.. state.State.Inbox.Waiting.Where(post => post.Number > after)]);

    public Task Done(long number) => StoreAsync(state.State.Inbox.Done(number));

    private bool TryCount()
    {
        _offers = Math.Min(OffersMax, _offers + (time.GetElapsedTime(_countedAt).TotalSeconds * OffersPerSecond));
        _countedAt = time.GetTimestamp();
        if (_offers < 1)
        {
            return false;
        }

        _offers--;
        return true;
    }

    private async Task StoreAsync(PostInbox inbox)
    {
        if (!ReferenceEquals(inbox, state.State.Inbox))
        {
            state.State.Inbox = inbox;
            await state.WriteOrDeactivate(this);
        }
    }
}
