using System.Diagnostics;
using System.Text;
using BtcAgent.Cli.Tests.Operations;
using BtcAgent.Testing;

namespace BtcAgent.Cli.Tests.Watching;

/// <summary><c>watch</c> on a terminal of 80 × 24, which util-linux' <c>script</c> gives it: however it ends, the operator's screen is back.</summary>
[Collection(OperatedAgentCollection.Name)]
public sealed class WatchOnATerminalTests(AgentFixture agent)
{
    private const string Enter = "\e[?1049h";
    private const string Leave = "\e[?7h\e[?25h\e[?1049l";

    [Theory]
    [InlineData("q", 0)]
    [InlineData("\u0003", 130)]
    [InlineData("TERM", 130)]
    public async Task Watch_EndedByTheOperator_GivesTheScreenBack(string how, int code)
    {
        using var terminal = Start();
        var screen = new StringBuilder();
        var reading = ReadAsync(terminal.StandardOutput, screen);
        await agent.EventuallyAsync("a screen", () => Task.FromResult(Text(screen).Contains("paper on Simulator", StringComparison.Ordinal)));
        await agent.EventuallyAsync("the agent's events", () => Task.FromResult(Text(screen).Contains("live by events", StringComparison.Ordinal)));

        if (how == "TERM")
        {
            var program = await File.ReadAllTextAsync($"/proc/{terminal.Id}/task/{terminal.Id}/children", TestContext.Current.CancellationToken);
            using var kill = Process.Start("kill", ["-TERM", program.Trim()]);
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        else
        {
            await terminal.StandardInput.WriteAsync(how);
            await terminal.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        }

        await terminal.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await reading;
        var shown = Text(screen);
        Assert.Equal(code, terminal.ExitCode);
        Assert.Single(shown.Split(Enter).Skip(1));
        Assert.EndsWith(Leave, shown[..(shown.LastIndexOf(Leave, StringComparison.Ordinal) + Leave.Length)], StringComparison.Ordinal);
        Assert.DoesNotContain("\e[?2026h", shown[(shown.LastIndexOf(Leave, StringComparison.Ordinal) + Leave.Length)..], StringComparison.Ordinal);
    }

    /// <summary>
    /// The program is the only child of <c>script</c>, so that a signal reaches it. A test that was started in the background inherits that Ctrl-C is
    /// ignored; a terminal's programs do not.
    /// </summary>
    private Process Start()
    {
        const string Script = "/usr/bin/script";
        if (!File.Exists(Script))
        {
            ToolScript.Missing("needs util-linux' script");
        }

        var command = $"stty cols 80 rows 24; exec env --default-signal=INT dotnet '{Path.Combine(AppContext.BaseDirectory, "btcagent.dll")}' watch --url {agent.Url} --key-file '{agent.KeyFile}'";
        var start = new ProcessStartInfo(Script, ["-qfec", command, "/dev/null"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["TERM"] = "xterm-256color";
        return Process.Start(start) ?? throw new InvalidOperationException("script was not started");
    }

    private static async Task ReadAsync(StreamReader output, StringBuilder screen)
    {
        var block = new char[4_096];
        while (await output.ReadAsync(block) is > 0 and var count)
        {
            lock (screen)
            {
                screen.Append(block, 0, count);
            }
        }
    }

    private static string Text(StringBuilder screen)
    {
        lock (screen)
        {
            return screen.ToString();
        }
    }
}
