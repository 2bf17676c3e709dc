using BtcAgent.Client.Access;
using BtcAgent.Client.Grpc;
using BtcAgent.Client.Operators;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Domain.Access;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Client.Tests.Rpc;

/// <summary>Every method of gRPC, read from the gateway's endpoints, with every kind of key.</summary>
public sealed class RpcWalkTests
{
    private const string Probe = "/grpc.health.v1.Health/Check";

    [Fact]
    public async Task Endpoints_OfTheGateway_AreEveryMethodOfTheProtos()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);

        var served = Methods(gateway).Select(method => method.Name).Where(name => name.StartsWith("/btcagent.", StringComparison.Ordinal));

        Assert.Equal(
            OperatorMethods.All.Select(method => $"/{method.Service.FullName}/{method.Name}").Order(StringComparer.Ordinal),
            served.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EveryMethod_WithoutAnAcceptedKey_IsRefusedExceptTheProbe()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var probe = new RpcProbe(gateway);
        var revoked = gateway.Keys.Issue("revoked", AccessRole.Admin);
        await gateway.Keys.Revoke(gateway.Keys.KeyOf("revoked").Id);
        gateway.Time.Advance(KeyDirectory.AgeMax);

        var wrong = new List<string>();
        foreach (var (method, _) in Methods(gateway))
        {
            foreach (var key in new[] { null, "wrong", revoked })
            {
                var status = (await probe.CallAsync(method, key))?.StatusCode ?? StatusCode.OK;
                if ((status == StatusCode.Unauthenticated) == (method == Probe))
                {
                    wrong.Add($"{method} with {key ?? "no key"}: {status}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(0, gateway.Commands);
    }

    [Fact]
    public async Task EveryMethod_ByRole_IsOpenFromTheRoleOfItsCounterpartUp()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var probe = new RpcProbe(gateway);
        var wrong = new List<string>();
        foreach (var role in System.Enum.GetValues<AccessRole>())
        {
            var key = gateway.Keys.Issue(AccessRoles.NameOf(role), role);
            gateway.Time.Advance(KeyDirectory.AgeMax);
            foreach (var (method, rule) in Methods(gateway).Where(method => IsOurs(method.Name)))
            {
                var status = (await probe.CallAsync(method, key, MessageOf(method, "main")))?.StatusCode ?? StatusCode.OK;
                if ((status == StatusCode.PermissionDenied) != (role < rule.Role) || status == StatusCode.Unauthenticated)
                {
                    wrong.Add($"{method} as {role}: {status}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task EveryMethod_WithAKeyForAnotherPortfolio_IsRefusedWhereItIsAboutOne()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var probe = new RpcProbe(gateway);
        var other = gateway.Keys.Issue("other", AccessRole.Admin, new AccessScope { Portfolios = ["other"] });
        var wrong = new List<string>();
        foreach (var (method, rule) in Methods(gateway).Where(method => IsOurs(method.Name)))
        {
            var status = (await probe.CallAsync(method, other, MessageOf(method, "main")))?.StatusCode ?? StatusCode.OK;
            if ((status == StatusCode.PermissionDenied) != rule.Scope is RouteScope.Body or RouteScope.WholeAgent)
            {
                wrong.Add($"{method} ({rule.Scope}): {status}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task EveryMethod_WithoutSideEffects_IsNoCommandAndTheReverse()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        var rules = Methods(gateway).ToDictionary(method => method.Name, method => method.Rule);

        Assert.All(OperatorMethods.All, method =>
            Assert.Equal(OperatorMethods.IsRead(method), rules[$"/{method.Service.FullName}/{method.Name}"].Verb is null));
    }

    [Fact]
    public async Task Refusal_WithoutAKey_SaysWhereTheKeyIs()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(RpcProbe.Settings);
        using var probe = new RpcProbe(gateway);

        var refusal = await probe.CallAsync("/btcagent.operator.v1.Status/Get", null);

        Assert.Contains("operator.key", refusal!.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("KEY_REQUIRED", refusal.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
    }

    [Fact]
    public async Task Refusal_TooManyWrongKeys_SaysHowLongToWait()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(("Gateway:GrpcPort", "0"));
        using var probe = new RpcProbe(gateway);
        RpcException? refusal = null;
        for (var i = 0; i <= BtcAgent.Client.Attacks.FailureThrottle.FailuresPerMinute; i++)
        {
            refusal = await probe.CallAsync("/btcagent.operator.v1.Status/Get", "wrong");
        }

        Assert.Equal(StatusCode.ResourceExhausted, refusal!.StatusCode);
        Assert.True(refusal.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.Seconds > 0);
    }

    private static bool IsOurs(string method) => method.StartsWith("/btcagent.", StringComparison.Ordinal);

    private static List<(string Name, RouteRule Rule)> Methods(GatewayUnderTest gateway)
    {
        var methods = gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is not null)
            .Select(endpoint => (endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()!.Method.FullName, RouteTable.RuleOf(endpoint)!)).ToList();
        Assert.True(methods.Count > OperatorMethods.All.Count, $"only {methods.Count} methods");
        return methods;
    }

    /// <summary>A message about a portfolio, where the method takes one.</summary>
    private static byte[] MessageOf(string method, string portfolio)
    {
        var descriptor = OperatorMethods.All.Single(m => $"/{m.Service.FullName}/{m.Name}" == method);
        var message = descriptor.InputType.Parser.ParseFrom(ByteString.Empty);
        Set(descriptor.InputType, message, "portfolio", portfolio);
        Set(descriptor.InputType, message, "dataset", "decisions");
        return message.ToByteArray();
    }

    private static void Set(MessageDescriptor type, IMessage message, string field, string value) =>
        type.FindFieldByName(field)?.Accessor.SetValue(message, value);
}
