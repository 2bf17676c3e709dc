using BtcAgent.Client.Api;
using V1 = BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Client.Rpc.Messages;

/// <summary>Messages about commands that wait for a second person.</summary>
internal static class ConfirmationMessages
{
    public static V1.HeldCommand Of(ConfirmationView view) =>
        new() { ConfirmationId = view.Id, Summary = view.Summary, ExpiresAt = Plain.Time(view.ExpiresAt) };
}
