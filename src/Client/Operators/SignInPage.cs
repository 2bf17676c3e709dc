namespace BtcAgent.Client.Operators;

/// <summary>What a browser sees without the key.</summary>
internal static class SignInPage
{
    public const string Text = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>BtcAgent: sign in</title>
        <link rel="stylesheet" href="/assets/console.css"></head><body class="notice"><main>
        <h1>The operator key is needed</h1>
        <p>Open the sign-in link that the agent printed when it started. It looks like
        <code>http://localhost:5080/signin?key=…</code></p>
        <p>The key stands in <code>operator.key</code> of the agent's data folder:
        <code>/signin?key=$(cat data/operator.key)</code></p></main></body></html>
        """;
}
