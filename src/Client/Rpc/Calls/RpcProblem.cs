using System.Globalization;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Mvc;

namespace BtcAgent.Client.Rpc.Calls;

/// <summary>
/// A refusal of the API as gRPC's rich error: <c>ErrorInfo</c> with a reason, <c>BadRequest</c> with the field, <c>RetryInfo</c> with the time
/// to wait.
/// </summary>
internal static class RpcProblem
{
    /// <summary>Domain of the reasons in <c>ErrorInfo</c>.</summary>
    public const string Domain = "btcagent";

    /// <summary>Member of a problem that names the refused field, in REST's spelling.</summary>
    public const string FieldMember = "field";

    public static RpcException Exception(ProblemDetails problem) => StatusOf(problem).ToRpcException();

    /// <summary>An error that is not a refusal of the API, with a value that a program needs to continue.</summary>
    /// <param name="code">gRPC's code and the reason.</param>
    /// <param name="detail">The fault, the value, and the remedy.</param>
    /// <param name="name">Name of the value in the metadata of <c>ErrorInfo</c>; null for none.</param>
    /// <param name="value">The value.</param>
    public static RpcException Exception(RpcCode code, string detail, string? name = null, string value = "")
    {
        var info = Info(code.Reason);
        if (name is not null)
        {
            info.Metadata.Add(name, value);
        }

        return new Google.Rpc.Status { Code = (int)code.Code, Message = detail, Details = { Any.Pack(info) } }.ToRpcException();
    }

    /// <summary>An argument that is refused before REST's logic sees it.</summary>
    public static RpcException BadField(string field, string detail) => new Google.Rpc.Status
    {
        Code = (int)StatusCode.InvalidArgument,
        Message = detail,
        Details = { Any.Pack(Info(RpcCode.Of(400).Reason)), Any.Pack(Violation(field, detail)) },
    }.ToRpcException();

    /// <param name="problem">The refusal.</param>
    /// <param name="retryAfter">Seconds to wait; null when waiting does not help or the time is unknown.</param>
    public static Google.Rpc.Status StatusOf(ProblemDetails problem, int? retryAfter = null)
    {
        var code = RpcCode.Of(problem.Status ?? 500);
        var detail = problem.Detail ?? problem.Title ?? code.Reason;
        var status = new Google.Rpc.Status { Code = (int)code.Code, Message = detail, Details = { Any.Pack(Info(code.Reason)) } };
        if (problem.Extensions.TryGetValue(FieldMember, out var field) && field is string name)
        {
            status.Details.Add(Any.Pack(Violation(Snake(name), detail)));
        }

        if (retryAfter is { } seconds)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds)) }));
        }

        return status;
    }

    /// <summary>Percent-encodes a message for <c>grpc-message</c>; source: gRPC over HTTP2, "Percent-Encoded".</summary>
    public static string Encode(string message)
    {
        var text = new StringBuilder(message.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(message))
        {
            if (octet is >= 0x20 and <= 0x7e and not (byte)'%')
            {
                text.Append((char)octet);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
            }
        }

        return text.ToString();
    }

    public static string EncodeDetails(Google.Rpc.Status status) => Convert.ToBase64String(status.ToByteArray());

    private static ErrorInfo Info(string reason) => new() { Reason = reason, Domain = Domain };

    private static BadRequest Violation(string field, string detail) =>
        new() { FieldViolations = { new BadRequest.Types.FieldViolation { Field = field, Description = detail } } };

    /// <summary>A field of REST, <c>limitPrice</c>, in the spelling of the .proto files, <c>limit_price</c>.</summary>
    private static string Snake(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? $"_{char.ToLowerInvariant(c)}" : c.ToString()));
}
