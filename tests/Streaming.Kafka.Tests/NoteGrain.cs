using Orleans.Providers.Streams.Common;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace BtcAgent.Streaming.Kafka.Tests;

/// <summary>Follows the notes' instructions; <see cref="Memory"/> keeps what it saw across activations.</summary>
[ImplicitStreamSubscription]
internal sealed class NoteGrain : Grain, INoteGrain, IStreamSubscriptionObserver, IAsyncObserver<Note>
{
    private Memory Mine => Memory.Of(this.GetPrimaryKeyString());

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<Note>().ResumeAsync(this, Mine.ResumeAt is { } token ? new EventSequenceTokenV2(token) : null);

    public async Task OnNextAsync(Note item, StreamSequenceToken? token = null)
    {
        await Mine.Gate;
        switch (item.Order)
        {
            case Note.Fail:
                throw new InvalidOperationException($"note {item.Number} says so");
            case Note.Count:
                Mine.Count(item.Number, token!.SequenceNumber);
                break;
            default:
                Mine.Trace = RequestContext.Get(KafkaHeaders.TraceParent) as string;
                Mine.Add(item.Number, token!.SequenceNumber);
                break;
        }
    }

    public Task OnErrorAsync(Exception ex)
    {
        Mine.AddError(ex.Message);
        return Task.CompletedTask;
    }

    public Task Rewind(long token)
    {
        // An activation may not go back; the next one may start where it likes.
        Mine.GoBackTo(token);
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
