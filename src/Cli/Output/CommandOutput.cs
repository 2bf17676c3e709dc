using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace BtcAgent.Cli.Output;

/// <summary>
/// Results go to standard output: as JSON with <c>--json</c>, else as text. Progress and remarks go to standard error, and
/// bars only where a person looks at them.
/// </summary>
internal sealed class CommandOutput(bool json, TextWriter output, TextWriter error)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
    private readonly IAnsiConsole _remarks = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });

    public bool IsJson => json;

    /// <param name="value">Written as JSON.</param>
    /// <param name="text">Writes the same for a person.</param>
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

    public void Remark(string line) => error.WriteLine(line);

    /// <summary>Shows a bar with the time left when the work lasts and a person looks on.</summary>
    /// <param name="work">Told where to report its share done, 0…1, with what it is at.</param>
    public T WithProgress<T>(Func<Action<string, double>, T> work)
    {
        if (json || !_remarks.Profile.Capabilities.Interactive || Console.IsErrorRedirected)
        {
            var said = "";
            return work((what, _) =>
            {
                if (what != said)
                {
                    said = what;
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
