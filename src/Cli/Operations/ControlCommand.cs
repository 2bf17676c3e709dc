using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Contracts.Control;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Cli.Operations;

/// <summary>A command on trading: sends it, waits for its steps, and says what is pending.</summary>
internal sealed class ControlCommand : OperatorCommand
{
    private const int WaitSecondsMax = 3_600;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly string _command;
    private readonly string? _confirmation;
    private readonly Option<string?>? _portfolio;
    private readonly Option<int> _wait = new("--wait")
    {
        Description = $"seconds to wait for pending steps, up to {WaitSecondsMax}",
        DefaultValueFactory = _ => 30,
        HelpName = "SECONDS",
    };

    private ControlCommand(
        string command, string description, string reason, string? confirmation, bool forPortfolios, Func<InvocationConfiguration, OperatorPrompt>? prompt = null)
        : base(command, description, $"btcagent {command} --reason \"{reason}\"{(confirmation is null ? "" : " --yes")}", prompt)
    {
        _command = command;
        _confirmation = confirmation;
        _wait.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > WaitSecondsMax)
            {
                result.AddError($"--wait must be 0 to {WaitSecondsMax}");
            }
        });
        Options.Add(_wait);
        if (forPortfolios)
        {
            _portfolio = new Option<string?>("--portfolio", "-p") { Description = "only this portfolio; default all", HelpName = "ID" };
            Options.Add(_portfolio);
        }
    }

    public static ControlCommand Halt() => new(
        "halt", "Halts trading: no new orders, open ones are cancelled, positions stay.", "venue misbehaves", confirmation: null, forPortfolios: true);

    public static ControlCommand Resume() => new("resume", "Trades again, within the limits.", "venue is back", confirmation: null, forPortfolios: true);

    /// <param name="prompt">Finds the operator; null for the process's terminal.</param>
    public static ControlCommand Flatten(Func<InvocationConfiguration, OperatorPrompt>? prompt = null) => new(
        "flatten",
        "Halts, cancels open orders and closes positions at market. Has to be confirmed.",
        "leaving the market",
        "flatten halts trading, cancels every open order and closes every position at market.",
        forPortfolios: true,
        prompt);

    public static ControlCommand Arm() => new(
        "arm", "Allows orders to a real venue, across restarts. Has to be confirmed.", "going live", "arm allows orders with real money.", forPortfolios: false);

    public static ControlCommand Disarm() => new(
        "disarm", "Sends no more orders to a real venue; open ones stay.", "end of the trial", confirmation: null, forPortfolios: false);

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var portfolio = _portfolio is { } option ? arguments.GetValue(option) : null;
        if (_confirmation is { } effect)
        {
            Confirm(arguments, $"{agent.Name}{(portfolio is null ? "" : $", portfolio {portfolio}")}: {effect}", _command);
        }

        var start = TimeProvider.System.GetTimestamp();
        var trading = await agent.SendAsync<TradingStatus>(HttpMethod.Post, $"control/{_command}", new ControlRequest(Reason, portfolio), cancellationToken);
        var wait = TimeSpan.FromSeconds(arguments.GetValue(_wait));
        var shown = "";
        while (trading.Pending is { } pending && TimeProvider.System.GetElapsedTime(start) < wait)
        {
            if (pending != shown)
            {
                shown = pending;
                output.Remark($"in force; pending: {SafeText.Of(pending)}");
            }

            await Task.Delay(LookEvery, cancellationToken);
            var status = await agent.GetAsync<AgentStatus>("status", cancellationToken);
            trading = new TradingStatus(status.IsArmed, status.Breakers, status.Pending) { Tripped = status.Tripped };
        }

        var outcome = new ControlOutcome(
            _command, portfolio, Reason, trading.Pending is null, Math.Round(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 1), trading);
        output.Answer(outcome, text => Write(text, outcome));
        return outcome.IsComplete ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static void Write(TextWriter text, ControlOutcome outcome)
    {
        text.WriteLine(outcome.IsComplete
            ? $"{outcome.Command}: done"
            : $"{outcome.Command}: in force, but not finished after {outcome.WaitedSeconds:0.#} s; the agent retries every second. "
                + $"Pending: {SafeText.Of(outcome.Trading.Pending!)}");
        foreach (var (portfolio, breaker) in outcome.Trading.Breakers)
        {
            text.WriteLine(SafeText.Of($"  {portfolio}: {Figures.Word(breaker.Mode)}{(breaker.Mode == BreakerMode.Active ? "" : $", {breaker.Reason}")}"));
        }

        text.WriteLine(outcome.Trading.IsArmed ? "  armed" : "  disarmed: no orders to the venue");
    }
}
