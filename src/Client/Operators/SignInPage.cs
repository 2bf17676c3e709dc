namespace BtcAgent.Client.Operators;

/// <summary>The page for a browser without a session.</summary>
internal static class SignInPage
{
    public const string ContentType = "text/html; charset=utf-8";

    public const string WrongKey = "That key is not accepted: it is wrong, expired or revoked.";
    public const string KeysUnavailable = "The keys cannot be read now. Try again in a moment, or use the operator key.";
    public const string LinkIsVoid = "This link has already been used, or is older than 15 minutes.";
    public const string TooManyFailures = "Too many wrong keys from this address within a minute. The right key is still accepted.";
    public const string NotAForm = "Send the key as a form: key=… in the body.";
    public const string KeyInAddress =
        "A key in the address remains in the browser's history and in logs: paste it below instead. If others can read those, replace the key "
        + "(stop the agent, delete operator.key, start it).";

    private const string Head = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>BtcAgent: sign in</title>
        <link rel="stylesheet" href="/assets/console.css"></head><body class="notice"><main>
        <h1>A key is needed</h1>
        """;

    private const string Form = """
        <form method="post" action="/signin"><input name="username" value="operator" autocomplete="username" hidden><label for="key">Key</label>
        <input id="key" name="key" type="password" required autofocus autocomplete="current-password">
        <button>Sign in</button></form>
        <p>The operator key is in <code>operator.key</code> of the agent's data folder: <code>cat data/operator.key</code>.
        An agent started in a terminal also prints a link that signs in once.</p></main></body></html>
        """;

    /// <param name="notice">One of the texts above, or empty; never text from a request.</param>
    public static string With(string notice) => notice.Length == 0 ? Head + Form : $"{Head}<p role=\"alert\">{notice}</p>{Form}";
}
