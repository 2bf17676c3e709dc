using System.Collections.Immutable;
using BtcAgent.Contracts.Social;
using BtcAgent.Domain.Social;
using BtcAgent.Grains.Storage;

namespace BtcAgent.Grains.Social;

/// <summary>Keeps the inbox. Stores each change before it is answered; a failed write ends the activation.</summary>
internal sealed class PostInboxGrain(
    [PersistentState(GrainStateNames.PostInbox, GrainStateNames.Provider)] IPersistentState<PostInboxGrainState> state,
    TimeProvider time) : Grain, IPostInboxGrain
{
    public async Task<OfferAnswer> Offer(ImmutableArray<OfferedPost> posts)
    {
        if (state.State.Inbox.Offer(posts, Timestamp.FromDateTimeOffset(time.GetUtcNow())) is not var (inbox, taken))
        {
            return new OfferAnswer(0, 0, $"{state.State.Inbox.Waiting.Length} posts wait for the reader, of at most {PostInbox.WaitingMax} with {PostInbox.WaitingCharactersMax} characters: offer these again in some seconds");
        }

        await StoreAsync(inbox);
        return new OfferAnswer(taken, posts.Length - taken, null);
    }

    public Task<ImmutableArray<OfferedPost>> GetWaiting(long after) =>
        Task.FromResult<ImmutableArray<OfferedPost>>([.. state.State.Inbox.Waiting.Where(post => post.Number > after)]);

    public Task Done(long number) => StoreAsync(state.State.Inbox.Done(number));

    private async Task StoreAsync(PostInbox inbox)
    {
        if (!ReferenceEquals(inbox, state.State.Inbox))
        {
            state.State.Inbox = inbox;
            await state.WriteOrDeactivate(this);
        }
    }
}
