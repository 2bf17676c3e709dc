namespace BtcAgent.Silo.Logs;

/// <summary>Abilities of standard output: a terminal rewrites a line in place, a file or pipe cannot.</summary>
internal static class TerminalLine
{
    public static bool IsTerminal { get; } = !Console.IsOutputRedirected;

    /// <summary>False when redirected, or when <c>NO_COLOR</c> is set.</summary>
    public static bool UsesColour { get; } = IsTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>Erases a progress line before a log line; empty when redirected.</summary>
    public static string Clear { get; } = IsTerminal ? "\r\e[K" : "";
}
