using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using BtcAgent.Domain.Models;
using BtcAgent.Research.Backtests;
using Spectre.Console;

namespace BtcAgent.Cli.Output;

/// <summary>
/// Results go to standard output: as JSON with <c>--json</c>, otherwise as text. Progress and remarks go to standard error, with
/// progress bars only on a terminal.
/// </summary>
internal sealed class CommandOutput(bool json, TextWriter output, TextWriter error)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters =
        {
            new FiniteDoubleConverter(),
            new JsonStringEnumConverter<VerdictState>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<SampleKind>(JsonNamingPolicy.CamelCase),
        },
    };

    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
    private readonly IAnsiConsole _remarks = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });

    /// <param name="value">The result, written as JSON.</param>
    /// <param name="text">Writes the same result as text.</param>
    public void Result<T>(T value, Action<IAnsiConsole> text)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(value, Json));
        }
        else
        {
            text(_console);
        }
    }

    /// <param name="value">The result, written as JSON in the shape of the agent's API.</param>
    /// <param name="text">Writes the same result as text.</param>
    public void Answer<T>(T value, Action<TextWriter> text)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(value, AgentJson.Indented));
        }
        else
        {
            text(output);
        }
    }

    /// <summary>True with <c>--json</c>.</summary>
    public bool IsJson => json;

    /// <summary>Writes one of many results on a line: as JSON in the shape of the agent's API, or as text.</summary>
    public void Line<T>(T value, Func<T, string> text)
    {
        output.WriteLine(json ? JsonSerializer.Serialize(value, AgentJson.Options) : text(value));
        output.Flush();
    }

    /// <summary>Columns of the terminal that shows the results; null where they go elsewhere.</summary>
    public int? Width => ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && Console.WindowWidth > 1 ? Console.WindowWidth : null;

    public void Remark(string line) => error.WriteLine(line);

    /// <summary>Shows a progress bar with the remaining time for long work on a terminal.</summary>
    /// <param name="work">The work; it reports its current step and the completed share, 0…1.</param>
    public T WithProgress<T>(Func<Action<string, double>, T> work)
    {
        if (json || !_remarks.Profile.Capabilities.Interactive || Console.IsErrorRedirected)
        {
            var shown = "";
            return work((what, _) =>
            {
                if (what != shown)
                {
                    shown = what;
                    error.WriteLine($"{what} …");
                }
            });
        }

        return _remarks.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask("starting", maxValue: 1);
                return work((what, share) =>
                {
                    task.Description = Markup.Escape(what);
                    task.Value = share;
                });
            });
    }
}
