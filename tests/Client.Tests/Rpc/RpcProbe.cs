using System.Globalization;
using BtcAgent.Client.Tests.Access;
using Grpc.Core;
using Grpc.Net.Client;

namespace BtcAgent.Client.Tests.Rpc;

/// <summary>Calls any method of a gateway by its name, with the bytes of a message.</summary>
internal sealed class RpcProbe(GatewayUnderTest gateway) : IDisposable
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(gateway.GrpcAddress);
    private int _sender;

    /// <summary>Settings of a gateway with a port for gRPC, behind a proxy so that each call may have another sender.</summary>
    public static (string, string)[] Settings { get; } = [("Gateway:GrpcPort", "0"), ("Gateway:KnownProxies:0", "127.0.0.1")];

    /// <summary>True for a method of gRPC, which the tests of REST's routes leave to those here.</summary>
    public static bool IsRpc(string path) =>
        path.StartsWith("/btcagent.", StringComparison.Ordinal) || path.StartsWith("/grpc.", StringComparison.Ordinal);

    /// <returns>The status; OK when the method answered.</returns>
    public async Task<RpcException?> CallAsync(string method, string? key, byte[]? message = null)
    {
        var parts = method.Trim('/').Split('/');
        var sender = ++_sender;
        var headers = new Metadata { { "x-forwarded-for", string.Create(CultureInfo.InvariantCulture, $"10.9.{(sender >> 8) & 255}.{sender & 255}") } };
        if (key is not null)
        {
            headers.Add("authorization", $"Bearer {key}");
        }

        try
        {
            using var call = _channel.CreateCallInvoker().AsyncUnaryCall(
                new Method<byte[], byte[]>(MethodType.Unary, parts[0], parts[1], Bytes, Bytes),
                null,
                new CallOptions(headers, cancellationToken: TestContext.Current.CancellationToken),
                message ?? []);
            await call.ResponseAsync;
            return null;
        }
        catch (RpcException refusal)
        {
            return refusal;
        }
    }

    public void Dispose() => _channel.Dispose();
}
