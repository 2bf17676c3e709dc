using BtcAgent.Client.Api;
using BtcAgent.Client.Rpc.Calls;
using BtcAgent.Client.Rpc.Messages;
using BtcAgent.Client.Streams;
using Grpc.Core;
using V1 = BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Client.Rpc.Services;

/// <summary>Live events as messages: the streams of REST.</summary>
internal sealed class EventsService(EventStreams streams) : V1.Events.EventsBase
{
    /// <summary>Writes all but the last event of a group without a flush.</summary>
    private static readonly WriteOptions Unflushed = new(WriteFlags.BufferHint);

    public override async Task Subscribe(V1.SubscribeRequest request, IServerStreamWriter<V1.SubscribeResponse> responseStream, ServerCallContext context)
    {
        var query = new EventQuery(
            request.Topics,
            request.After.Length == 0 ? null : request.After,
            request.HasInstrument ? request.Instrument : null,
            request.HasPortfolio ? request.Portfolio : null,
            request.HasQuoteMs ? request.QuoteMs : null);
        using var stream = RpcCalls.ValueOf<EventStream>(await streams.OpenAsync(context.GetHttpContext(), query, context.CancellationToken));
        var position = stream.Position ?? "";
        try
        {
            await responseStream.WriteAsync(EventMessages.Heartbeat(position), stream.Token);
            await foreach (var group in stream.ReadAsync())
            {
                for (var i = 0; i < group.Count; i++)
                {
                    if (EventMessages.Of(group[i]) is { } message)
                    {
                        position = message.Position.Length > 0 ? message.Position : position;
                        responseStream.WriteOptions = i < group.Count - 1 ? Unflushed : null;
                        await responseStream.WriteAsync(message, stream.Token);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stream.Token.IsCancellationRequested)
        {
            // The reason is the stream's end.
        }

        throw RpcStreamEnd.Of(stream.End, position);
    }
}
