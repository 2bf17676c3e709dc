using System.CommandLine;
using System.Text.Json;

namespace BtcAgent.Cli.Tests.Agents;

/// <summary>A command and what it printed.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CommandRun(int Code, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static CommandRun Of(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = CommandTree.Invoke(arguments, new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return new CommandRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Fails with what was printed unless the exit code is this one.</summary>
    public CommandRun Expect(int code)
    {
        Assert.True(Code == code, $"exit code {Code} instead of {code}: {Error}{Output}");
        return this;
    }
}
