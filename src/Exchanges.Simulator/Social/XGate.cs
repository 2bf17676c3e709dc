using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>The steps before each request is answered: X's time, planned refusals, the token and the limits.</summary>
internal sealed class XGate(SimulatedXOptions options, XFaults faults, XLimits limits, Func<DateTimeOffset> now)
{
    /// <returns>False when the request is answered already.</returns>
    public async Task<bool> PassAsync(HttpContext context, XEndpoint endpoint)
    {
        context.Response.Headers.Date = now().ToString("R");
        if (faults.Next(endpoint) is { } refusal)
        {
            await RefuseAsync(context, refusal);
            return false;
        }

        if (context.Request.Headers.Authorization != $"Bearer {options.BearerToken}")
        {
            await ProblemAsync(context, 401, "Unauthorized", null);
            return false;
        }

        if (!limits.TryAdd(endpoint, context.Response))
        {
            await ProblemAsync(context, 429, "Too Many Requests", null);
            return false;
        }

        return true;
    }

    public static Task ProblemAsync(HttpContext context, int status, string title, string? issue) => AnswerAsync(context, status, XJson.Write(json =>
    {
        json.WriteString("title", title);
        json.WriteString("detail", title);
        json.WriteString("type", "about:blank");
        json.WriteNumber("status", status);
        if (issue is not null)
        {
            json.WriteString("connection_issue", issue);
        }
    }));

    public static async Task AnswerAsync(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private async Task RefuseAsync(HttpContext context, XRefusal refusal)
    {
        if (refusal.Status < 0)
        {
            var aborted = new TaskCompletionSource();
            using var registration = context.RequestAborted.Register(aborted.SetResult);
            await aborted.Task;
            return;
        }

        if (refusal.Status == 0)
        {
            context.Features.Get<IHttpRequestLifetimeFeature>()?.Abort();
            return;
        }

        if (refusal.ResetSeconds is { } reset)
        {
            XLimits.Headers(context.Response, options.ConnectsMax, 0, now().ToUnixTimeSeconds() + reset);
        }

        await ProblemAsync(context, refusal.Status, refusal.Issue is null ? "refused" : "ConnectionException", refusal.Issue);
    }
}
