using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Cli.Operations;

/// <summary>Shows an agent at a glance: what needs attention first.</summary>
internal sealed class StatusCommand() : AgentCommand(
    "status",
    "Shows an agent at a glance: problems first, then portfolios, market data, latency and records.",
    "btcagent status --profile live")
{
    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var status = await agent.GetAsync<AgentStatus>("status", cancellationToken);
        var portfolios = await agent.GetAsync<IReadOnlyList<PortfolioSnapshot>>("portfolios", cancellationToken);
        var report = new AgentReport([.. StatusProblems.Of(status)], status, portfolios);
        output.Answer(report, text => Write(text, agent.Name, report, output.Width));
        return ExitCodes.Ok;
    }

    private static void Write(TextWriter text, string agent, AgentReport report, int? width)
    {
        var status = report.Status;
        text.WriteLine($"{agent}: BtcAgent {status.Version}, {Mode(status)}, up {Figures.Duration(TimeSpan.FromSeconds(status.UptimeSeconds))}, "
            + (status.IsArmed ? "armed" : "DISARMED"));
        text.WriteLine(report.Problems.Count == 0 ? "no problems" : $"{report.Problems.Count} problem{(report.Problems.Count == 1 ? "" : "s")}:");
        foreach (var problem in report.Problems)
        {
            text.WriteLine($"  ! {SafeText.Of(problem)}");
        }

        text.WriteLine();
        foreach (var line in Portfolios(report).Whole(width).Append("").Concat(Feeds(status).Lines(width)).Append("").Concat(Records(status)))
        {
            text.WriteLine(line);
        }
    }

    /// <summary>Where orders go, which an operator must never mistake.</summary>
    internal static string Mode(AgentStatus status) => status.Mode switch
    {
        "live" => $"LIVE, real money at {status.Venue}",
        "testnet" => $"testnet at {status.Venue}",
        _ => $"paper on {status.Venue}",
    };

    private static TextTable Portfolios(AgentReport report)
    {
        var table = new TextTable("portfolio", "mode", ">equity", ">today", ">drawdown", "since", "why");
        foreach (var portfolio in report.Portfolios)
        {
            var breaker = report.Status.Breakers.GetValueOrDefault(portfolio.Portfolio);
            table.Add(
                portfolio.Portfolio,
                breaker is null ? Figures.Unknown : Figures.Word(breaker.Mode),
                $"{Figures.Money(portfolio.Equity)} {portfolio.QuoteAsset}",
                Figures.Profit(portfolio.DayPnl),
                Figures.Percent(portfolio.Drawdown),
                breaker is null ? Figures.Unknown : Figures.Time(breaker.Since),
                breaker?.Reason ?? "does not answer while a halt is pending");
        }

        return table;
    }

    private static TextTable Feeds(AgentStatus status)
    {
        var table = new TextTable("instrument", "market data", ">age", ">events", ">interruptions", ">venue clock");
        foreach (var (instrument, health) in status.Feeds)
        {
            table.Add(
                instrument,
                health.IsConnected ? "connected" : "DISCONNECTED",
                Figures.Milliseconds(health.AgeMs),
                Figures.Count(health.Events),
                Figures.Count(health.Interruptions),
                health.ClockSkewMs is { } skew ? $"{skew:+0;-0;0} ms" : Figures.Unknown);
        }

        return table;
    }

    private static IEnumerable<string> Records(AgentStatus status)
    {
        if (status.Latency.FirstOrDefault(stage => stage is { Stage: LatencyStage.TickToOrder, Count: > 0 }) is { } order)
        {
            yield return $"tick to order  p50 {Figures.Milliseconds(order.P50Ms)}, p99 {Figures.Milliseconds(order.P99Ms)}, "
                + $"max {Figures.Milliseconds(order.MaxMs)} ({Figures.Count(order.Count)} orders)";
        }

        if (status.Journal is { } journal)
        {
            yield return $"journal        {Figures.Count(journal.Entries)} decisions, {Figures.Number(journal.SizeMb, "0.0")} MiB, since {Figures.Time(journal.OldestEventTime)}";
        }

        foreach (var sink in status.History?.Sinks ?? [])
        {
            yield return $"history        {sink.Name}: {Figures.Count(sink.Stored)} facts, {Figures.Duration(TimeSpan.FromSeconds(sink.LagSeconds))} behind";
        }

        if (status.Backup is { } backup)
        {
            yield return $"backup         {backup.Kept} kept, newest {Figures.Time(backup.NewestAt)}{(backup.IsEncrypted ? "" : ", not encrypted")}";
        }
    }
}
