using BtcAgent.Client.Access;
using BtcAgent.Client.Api;
using BtcAgent.Client.Operators;
using BtcAgent.Client.Rpc.Messages;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using V1 = BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Client.Rpc.Calls;

/// <summary>
/// Runs REST's endpoints for gRPC, so that both have one logic: their value becomes a message, their problem an error of gRPC.
/// </summary>
internal static class RpcCalls
{
    /// <summary>A read ends with the call: at its deadline, or when the caller leaves.</summary>
    /// <exception cref="RpcException">The endpoint refused.</exception>
    public static async Task<T> ReadAsync<T>(this ServerCallContext context, Task<IResult> endpoint) =>
        ValueOf<T>(await endpoint.WaitAsync(context.CancellationToken));

    /// <summary>
    /// A command that has begun is carried out, even if the caller leaves: nobody could know how far an abandoned one got. Its outcome is in
    /// the audit.
    /// </summary>
    /// <returns>The value; or the confirmation that the command waits for.</returns>
    /// <exception cref="RpcException">The endpoint refused.</exception>
    public static async Task<(T? Value, V1.HeldCommand? Held)> CommandAsync<T>(
        this ServerCallContext context, string subject, string reason, Func<HttpContext, Task<IResult>> endpoint)
        where T : class
    {
        var http = context.GetHttpContext();
        var note = AuditNote.Of(http);
        (note.Subject, note.Reason) = (AuditNote.Short(subject), AuditNote.Short(reason));

        // What an answer at the deadline would say: the command is under way.
        note.Status = StatusCodes.Status202Accepted;
        var result = await endpoint(http);
        note.Status = (result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
        return result is IValueHttpResult { Value: ConfirmationView held }
            ? (null, ConfirmationMessages.Of(held))
            : (ValueOf<T>(result), null);
    }

    /// <summary>Refuses a portfolio that the caller's key is not for; REST's rules find it in the path or the query.</summary>
    /// <exception cref="RpcException">The key is for other portfolios.</exception>
    public static void DemandPortfolio(this ServerCallContext context, string? portfolio)
    {
        if (portfolio is not null && CallerCheck.For(context.GetHttpContext(), portfolio) is ProblemHttpResult refusal)
        {
            AuditNote.Of(context.GetHttpContext()).Status = refusal.StatusCode;
            throw RpcProblem.Exception(refusal.ProblemDetails);
        }
    }

    /// <exception cref="RpcException">The result is a problem.</exception>
    public static T ValueOf<T>(IResult result) => result switch
    {
        ProblemHttpResult problem => throw RpcProblem.Exception(problem.ProblemDetails),
        IValueHttpResult { Value: T value } => value,
        _ => throw new InvalidOperationException($"the endpoint answered {result.GetType().Name}, not {typeof(T).Name}"),
    };
}
