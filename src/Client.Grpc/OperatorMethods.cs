using BtcAgent.Client.Grpc.V1;
using Google.Protobuf.Reflection;

namespace BtcAgent.Client.Grpc;

/// <summary>The methods of every service, as the .proto files describe them.</summary>
public static class OperatorMethods
{
    public static IReadOnlyList<ServiceDescriptor> Services { get; } =
    [
        Status.Descriptor, Instruments.Descriptor, Portfolios.Descriptor, Orders.Descriptor, Signals.Descriptor, Decisions.Descriptor,
        Models.Descriptor, Limits.Descriptor, Control.Descriptor, History.Descriptor, Events.Descriptor,
    ];

    public static IReadOnlyList<MethodDescriptor> All { get; } = [.. Services.SelectMany(service => service.Methods)];

    /// <summary>True for a method without side effects, which may be repeated.</summary>
    public static bool IsRead(MethodDescriptor method) =>
        method.GetOptions()?.IdempotencyLevel == MethodOptions.Types.IdempotencyLevel.NoSideEffects;
}
