using System.ComponentModel;
using System.Text.Json;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Operations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace BtcAgent.Cli.Assistants;

/// <summary>Tools that read an agent; each shows what the key may read.</summary>
internal sealed class ReadingTools(AgentClient agent)
{
    public IEnumerable<McpServerTool> All() =>
    [
        Read("get_status", "Status", "Venue and mode (paper, testnet, live), whether armed, breakers with reasons, market data feeds, latency in ms, storage, backups.",
            (CancellationToken token = default) => Get("status", token)),
        Read("list_portfolios", "Portfolios", "Portfolios with balances, positions, equity, profit and loss of the day in the quote asset, and drawdown (fraction).",
            (CancellationToken token = default) => Get("portfolios", token)),
        Read("get_portfolio", "Portfolio", "One portfolio with its breaker.",
            ([Description("id of the portfolio")] string portfolio, CancellationToken token = default) => Get($"portfolios/{Query.Part(portfolio)}", token)),
        Read("list_orders", "Orders", "Orders, newest first.",
            (
                [Description("only open ones")] bool? open = null, [Description("only of this portfolio")] string? portfolio = null,
                [Description("1…500, default 50")] int? limit = null, CancellationToken token = default) =>
                Get(Query.Of("orders", ("open", open), ("portfolio", portfolio), ("limit", limit)), token)),
        Read("list_decisions", "Decisions", "Decisions, newest first, with signal, confidence, outcome and the reason in short.",
            (
                [Description("only decisions with an order")] bool? onlyWithOrders = null, [Description("only of this portfolio")] string? portfolio = null,
                [Description("1…500, default 50")] int? limit = null, CancellationToken token = default) =>
                Get(Query.Of("decisions/summaries", ("onlyWithOrders", onlyWithOrders), ("portfolio", portfolio), ("limit", limit)), token)),
        Read("explain_decision", "Explain a decision",
            "One decision with everything that led to it: features with units, signal, each risk check with value and limit, the order, and each feature's share of the score.",
            ([Description("id of the decision")] string decision, CancellationToken token = default) => Get($"decisions/{Query.Part(decision)}", token)),
        Read("list_models", "Models", "Models with stage, verdict of their evaluation and what they did.", (CancellationToken token = default) => Get("models", token)),
        Read("list_risk_rules", "Risk rules", "Every risk rule with its limit.", (CancellationToken token = default) => Get("risk/rules", token)),
        Read("get_limits", "Limits", "Risk limits in force of a portfolio, and the operators' changes.",
            ([Description("id of the portfolio")] string portfolio, CancellationToken token = default) => Get($"portfolios/{Query.Part(portfolio)}/limits", token)),
        Read("list_alerts", "Alerts", "Alerts: what needs a person, and whether one has acknowledged it.", (CancellationToken token = default) => Get("alerts", token)),
        Read("list_confirmations", "Confirmations", "Commands that wait for a second person, and what became of the last ones. Needs the role risk-manager.",
            (CancellationToken token = default) => Get("confirmations", token)),
        Read("read_history", "History", "Rows of the stored history, oldest first, in pages: send the answer's next cursor to continue.",
            (
                [Description("bars, trades, orders, fills, signals, decisions, positions, equity, features or risk")] string dataset,
                [Description("instrument, such as BINANCE:BTCUSDT")] string? instrument = null, [Description("from this time, ISO 8601 in UTC")] string? from = null,
                [Description("before this time, ISO 8601 in UTC")] string? to = null, [Description("1…10000, default 1000; ask for few")] int? limit = null,
                [Description("where the page before ended")] string? cursor = null, CancellationToken token = default) =>
                Get(Query.Of($"history/{Query.Part(dataset)}", ("instrument", instrument), ("from", from), ("to", to), ("limit", limit), ("cursor", cursor)), token)),
    ];

    private static McpServerTool Read(string name, string title, string description, Delegate call) => AgentTool.Of(name, title, description, reads: true, call);

    private Task<CallToolResult> Get(string path, CancellationToken token = default) => AgentTool.AnswerAsync(() => agent.GetAsync<JsonElement>(path, token));
}
