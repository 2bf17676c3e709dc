using BtcAgent.Client.Access;
using BtcAgent.Client.Audits;
using BtcAgent.Client.Idempotency;
using BtcAgent.Client.Operators;
using BtcAgent.Domain.Idempotency;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;

namespace BtcAgent.Client.Rpc.Calls;

/// <summary>Commands of gRPC: announces them to the audit, and lets one with an idempotency key act once.</summary>
internal sealed class RpcRepeats(CommandRepeats repeats, AuditedRequests audited) : Interceptor
{
    private const string MessageType = "application/grpc+proto";

    /// <summary>Of an answer whose body is a <c>google.rpc.Status</c>.</summary>
    private const string StatusType = "application/grpc-status+proto";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        var http = context.GetHttpContext();
        if (CommandRepeats.VerbOf(http) is not { } verb || CallerIdentity.Of(http) is not { } caller)
        {
            return await continuation(request, context);
        }

        var key = IdempotencyKey.Read(http, out var problem);
        if (problem is not null)
        {
            throw Refuse(http, problem);
        }

        if (key is null)
        {
            return await AnnounceAndRunAsync(request, context, continuation);
        }

        var id = IdempotencyKey.DigestOf(caller, key);
        var turn = await repeats.BeginAsync(verb, id, IdempotencyKey.FingerprintOf(context.Method, ((IMessage)request).ToByteArray()));
        return turn?.Kind switch
        {
            null => await AnnounceAndRunAsync(request, context, continuation),
            CommandTurnKind.Run => await CarryOutAsync(request, context, continuation, id, CommandRepeats.Enter(http, turn.Record)),
            CommandTurnKind.Replay => Replay<TResponse>(http, turn.Record.Answer!),
            _ => throw Refuse(http, CommandRepeats.ProblemOf(http, turn)),
        };
    }

    private async Task<TResponse> AnnounceAndRunAsync<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class =>
        await audited.WhyNotAnnouncedAsync(context.GetHttpContext()) is { } refusal
            ? throw Refuse(context.GetHttpContext(), refusal)
            : await continuation(request, context);

    private async Task<TResponse> CarryOutAsync<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation, string id, CommandRun run)
        where TRequest : class
        where TResponse : class
    {
        var http = context.GetHttpContext();
        try
        {
            var response = await AnnounceAndRunAsync(request, context, continuation);
            var body = ((IMessage)response).ToByteString().ToBase64();
            await repeats.EndAsync(http, id, run, StatusOf(http, StatusCodes.Status200OK), new CommandAnswer((int)StatusCode.OK, MessageType, body));
            return response;
        }
        catch (RpcException refusal)
        {
            var status = refusal.GetRpcStatus() ?? new Google.Rpc.Status { Code = (int)refusal.StatusCode, Message = refusal.Status.Detail };
            await repeats.EndAsync(
                http,
                id,
                run,
                StatusOf(http, StatusCodes.Status400BadRequest),
                new CommandAnswer(status.Code, StatusType, status.ToByteString().ToBase64()));
            throw;
        }
        catch
        {
            await repeats.EndAsync(http, id, run, StatusCodes.Status500InternalServerError, null);
            throw;
        }
    }

    private static TResponse Replay<TResponse>(HttpContext http, CommandAnswer answer)
    {
        AuditNote.Of(http).IsRepeat = true;
        http.Response.Headers[IdempotencyKey.ReplayedHeader] = "true";
        var body = ByteString.FromBase64(answer.Body);
        if (answer.ContentType == StatusType)
        {
            throw Google.Rpc.Status.Parser.ParseFrom(body).ToRpcException();
        }

        var message = (IMessage)Activator.CreateInstance<TResponse>()!;
        message.MergeFrom(body);
        return (TResponse)message;
    }

    private static int StatusOf(HttpContext http, int otherwise) => AuditNote.Of(http).Status ??= otherwise;

    private static RpcException Refuse(HttpContext http, Microsoft.AspNetCore.Mvc.ProblemDetails problem)
    {
        AuditNote.Of(http).Status = problem.Status;
        return RpcProblem.Exception(problem);
    }
}
