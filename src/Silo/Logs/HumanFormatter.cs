using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace BtcAgent.Silo.Logs;

/// <summary>
/// Writes a log line for a person at a terminal: local time, level unless it is information, one sentence. An exception adds its
/// type and message; the stack trace is in the JSON format.
/// </summary>
internal sealed class HumanFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "human";

    private const string Reset = "\e[0m";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var now = time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var (tag, colour) = logEntry.LogLevel switch
        {
            LogLevel.Critical => ("CRITICAL ", "\e[1;31m"),
            LogLevel.Error => ("error    ", "\e[31m"),
            LogLevel.Warning => ("warning  ", "\e[33m"),
            LogLevel.Debug or LogLevel.Trace => ("debug    ", "\e[2m"),
            _ => ("", ""),
        };
        var text = Printable(logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (logEntry.Exception is { } exception)
        {
            text += $" ({exception.GetType().Name}: {Printable(exception.Message)})";
        }

        textWriter.WriteLine(TerminalLine.UsesColour && colour.Length > 0
            ? $"{TerminalLine.Clear}{now}  {colour}{tag}{Reset}{text}"
            : $"{TerminalLine.Clear}{now}  {tag}{text}");
    }

    /// <summary>Replaces line breaks by spaces and other control characters by their number: a text cannot command the terminal.</summary>
    private static string Printable(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings(" "))
        {
            _ = char.IsControl(rune) ? safe.Append(CultureInfo.InvariantCulture, $"\\x{(int)rune:x2}") : safe.Append(rune);
        }

        return safe.ToString();
    }
}
