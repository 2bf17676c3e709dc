using System.Text.Json;
using BtcAgent.Contracts.Events;
using Google.Protobuf;
using V1 = BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Client.Rpc.Messages;

/// <summary>Live events as messages.</summary>
internal static class EventMessages
{
    /// <summary>Returns null for an overrun, which is the end of the stream.</summary>
    public static V1.SubscribeResponse? Of(in LiveEvent one) => one.Topic switch
    {
        LiveEvent.Overrun => null,
        LiveEvent.Heartbeat => Heartbeat(one.Position),
        LiveEvent.Gap => new V1.SubscribeResponse { Position = one.Position ?? "", Gap = new V1.Gap { Reason = ReasonOf(one.Json) } },
        _ => new V1.SubscribeResponse
        {
            Position = one.Position ?? "",
            Event = new V1.LiveEvent { Topic = one.Topic, Row = UnsafeByteOperations.UnsafeWrap(one.Json) },
        },
    };

    public static V1.SubscribeResponse Heartbeat(string? position) => new() { Position = position ?? "", Heartbeat = new V1.Heartbeat() };

    private static string ReasonOf(ReadOnlyMemory<byte> json)
    {
        using var note = JsonDocument.Parse(json);
        return note.RootElement.GetProperty("reason").GetString() ?? "";
    }
}
