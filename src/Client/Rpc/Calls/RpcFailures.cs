using BtcAgent.Client.Access;
using BtcAgent.Client.Api;
using BtcAgent.Contracts.Health;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Client.Rpc.Calls;

/// <summary>Turns what a method throws into a status; the details of an internal error go only to the log.</summary>
internal sealed partial class RpcFailures(ILogger<RpcFailures> logger, IEnumerable<IStoreCondition> stores) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception e)
        {
            throw Explain(e, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception e)
        {
            throw Explain(e, context);
        }
    }

    private RpcException Explain(Exception exception, ServerCallContext context)
    {
        var note = AuditNote.Of(context.GetHttpContext());
        if (exception is RpcException refusal)
        {
            note.Status ??= StatusCodes.Status400BadRequest;
            return refusal;
        }

        if (exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested)
        {
            return new RpcException(new global::Grpc.Core.Status(StatusCode.Cancelled, "the caller has left, or the deadline has passed"));
        }

        var (status, title, detail) = GrainFailures.Describe(exception, stores);
        note.Status = status;
        LogFailed(logger, context.Method, exception);
        return RpcProblem.Exception(new ProblemDetails { Status = status, Title = title, Detail = detail });
    }

    [LoggerMessage(EventId = 601, Level = LogLevel.Error, Message = "{Method} failed")]
    private static partial void LogFailed(ILogger logger, string method, Exception exception);
}
