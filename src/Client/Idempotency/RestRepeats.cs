using System.Text;
using System.Text.Json.Nodes;
using BtcAgent.Client.Access;
using BtcAgent.Client.Operators;
using BtcAgent.Domain.Idempotency;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace BtcAgent.Client.Idempotency;

/// <summary>Commands of REST with an idempotency key. Inside of the authorization: a refused caller leaves no record.</summary>
internal sealed class RestRepeats(CommandRepeats repeats)
{
    public async Task RunAsync(HttpContext context, RequestDelegate next, Predicate<HttpRequest> isCall)
    {
        if (CommandRepeats.VerbOf(context) is not { } verb || CallerIdentity.Of(context) is not { } caller || isCall(context.Request))
        {
            await next(context);
            return;
        }

        if (IdempotencyKey.Read(context, out var problem) is not { } key)
        {
            await (problem is null ? next(context) : Results.Problem(problem).ExecuteAsync(context));
            return;
        }

        var id = IdempotencyKey.DigestOf(caller, key);
        var request = context.Request;
        var body = await KeepBodyAsync(request);
        var turn = await repeats.BeginAsync(
            verb, id, IdempotencyKey.FingerprintOf($"{request.Method} {request.Path}{request.QueryString}", body.GetBuffer().AsSpan(0, (int)body.Length)));
        switch (turn?.Kind)
        {
            case null:
                await next(context);
                break;
            case CommandTurnKind.Run:
                await CarryOutAsync(context, next, id, turn.Record);
                break;
            case CommandTurnKind.Replay:
                await ReplayAsync(context, turn.Record.Answer!);
                break;
            default:
                await Results.Problem(CommandRepeats.ProblemOf(context, turn)).ExecuteAsync(context);
                break;
        }
    }

    /// <summary>Replaces the body by a copy in memory, which the endpoint reads; its size has the endpoint's limit.</summary>
    private static async Task<MemoryStream> KeepBodyAsync(HttpRequest request)
    {
        var most = request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? GatewayServer.BodyBytesMax;
        var body = new MemoryStream((int)Math.Clamp(request.ContentLength ?? 0, 0, most));
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        body.Position = 0;
        request.Body = body;
        return body;
    }

    private async Task CarryOutAsync(HttpContext context, RequestDelegate next, string id, CommandRecord record)
    {
        var run = CommandRepeats.Enter(context, record);
        var sent = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        try
        {
            await next(context);
        }
        catch (Exception e)
        {
            context.Response.Body = sent;
            var status = e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
            await repeats.EndAsync(context, id, run, status, null);
            throw;
        }

        context.Response.Body = sent;
        await repeats.EndAsync(context, id, run, context.Response.StatusCode, AnswerOf(context.Response, run, answer));
        answer.Position = 0;
        await answer.CopyToAsync(sent, context.RequestAborted);
    }

    private static CommandAnswer AnswerOf(HttpResponse response, CommandRun run, MemoryStream body) => run.ForRepeats is { } problem && response.StatusCode < 300
        ? new CommandAnswer(problem.Status!.Value, "application/problem+json", TextOf(problem))
        : new CommandAnswer(
            response.StatusCode,
            response.ContentType,
            Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length),
            response.Headers.Location.ToString() is { Length: > 0 } location ? location : null);

    private static string TextOf(ProblemDetails problem)
    {
        var text = new JsonObject { ["type"] = problem.Type, ["title"] = problem.Title, ["status"] = problem.Status, ["detail"] = problem.Detail };
        foreach (var (name, value) in problem.Extensions)
        {
            text[name] = value?.ToString();
        }

        return text.ToJsonString();
    }

    private static async Task ReplayAsync(HttpContext context, CommandAnswer answer)
    {
        AuditNote.Of(context).IsRepeat = true;
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers[IdempotencyKey.ReplayedHeader] = "true";
        response.ContentType = answer.ContentType;
        if (answer.Location is { } location)
        {
            response.Headers.Location = location;
        }

        if (answer.Body.Length > 0)
        {
            await response.WriteAsync(answer.Body, context.RequestAborted);
        }
    }
}
