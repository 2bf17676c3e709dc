using Microsoft.AspNetCore.Http;

namespace BtcAgent.Client.Operators;

/// <summary>
/// The cookie that holds a session's id. Under https its name begins with <c>__Host-</c>, so that browsers accept it only from
/// this host over https; under plain http it contains the port, since agents on one machine share a cookie jar.
/// </summary>
internal static class SessionCookie
{
    public static string NameFor(HttpContext context) =>
        context.Request.IsHttps ? "__Host-btcagent" : $"btcagent-{context.Connection.LocalPort}";

    public static string? Read(HttpContext context) => context.Request.Cookies[NameFor(context)];

    public static void Write(HttpContext context, string id) => context.Response.Cookies.Append(NameFor(context), id, Options(context));

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(NameFor(context), Options(context));

    /// <summary>Without an age: the cookie ends with the browser, and the session ends on the server in any case.</summary>
    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
        IsEssential = true,
    };
}
