using System.CommandLine;
using BtcAgent.Domain.Models;
using BtcAgent.History.Files;
using BtcAgent.History.Sinks;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Bars;
using BtcAgent.Research.Datasets;
using BtcAgent.Strategies.Sources;

namespace BtcAgent.Cli.Output;

/// <summary>A command with <c>--json</c>, an example in its help, and errors as one line with an exit code.</summary>
internal abstract class CliCommand : Command
{
    private readonly Option<bool> _json = new("--json") { Description = "print the result as JSON on standard output" };

    protected CliCommand(string name, string description, string example)
        : base(name, $"{description}\n\nExample:\n  {example}")
    {
        Options.Add(_json);
        // On a separate thread, because Ctrl-C cancels only after this call has returned.
        SetAction((result, cancellationToken) => Task.Run(() => Invoke(result, cancellationToken), CancellationToken.None));
    }

    /// <summary>Effect of Ctrl-C, for its message.</summary>
    protected virtual string WhenInterrupted => "nothing was written";

    /// <returns>An exit code.</returns>
    protected abstract int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken);

    private int Invoke(ParseResult result, CancellationToken cancellationToken)
    {
        var error = result.InvocationConfiguration.Error;
        try
        {
            return Run(result, new CommandOutput(result.GetValue(_json), result.InvocationConfiguration.Output, error), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            error.WriteLine($"btcagent: interrupted; {WhenInterrupted}");
            return ExitCodes.Interrupted;
        }
        catch (Exception e) when (CodeOf(e) is { } code)
        {
            error.WriteLine($"btcagent: {TerminalText.OfLines(e.Message)}");
            return code;
        }
    }

    /// <summary>Returns null for an internal error, which keeps its stack trace.</summary>
    private static int? CodeOf(Exception error) => error switch
    {
        UsageException => ExitCodes.Usage,
        ReplayException replay => replay.ExitCode,
        AgentException agent => agent.ExitCode,
        LightGbmException when !LightGbmLibrary.TryLoad(out _) => ExitCodes.Environment,
        BarFileException or BacktestException or ModelRefusedException or LightGbmException or ArgumentException
            or Domain.MarketData.MarketFeedException or StrategyException or HistoryException
            or ModelFormatException or InvalidDataException or DatasetFileException or System.Text.Json.JsonException => ExitCodes.Failed,
        IOException or UnauthorizedAccessException or SinkException => ExitCodes.Environment,
        _ => null,
    };
}
