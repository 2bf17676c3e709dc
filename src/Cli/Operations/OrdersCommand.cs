using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Cli.Operations;

/// <summary>Lists orders; its subcommand cancels one.</summary>
internal sealed class OrdersCommand : AgentCommand
{
    private const int LimitMax = 500;

    private readonly Option<bool> _all = new("--all", "-a") { Description = "also the newest orders that have ended" };
    private readonly Option<string?> _portfolio = ListOptions.Portfolio();
    private readonly Option<string?> _instrument = ListOptions.Instrument();
    private readonly Option<int> _limit = ListOptions.Limit(LimitMax, fallback: 100);

    public OrdersCommand()
        : base("orders", "Lists the open orders, newest first; with --all also those that have ended.", "btcagent orders --all --limit 20")
    {
        foreach (var option in new Option[] { _all, _portfolio, _instrument, _limit })
        {
            Options.Add(option);
        }

        Subcommands.Add(new OrderCancelCommand());
    }

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var all = arguments.GetValue(_all);
        var orders = await agent.GetAsync<IReadOnlyList<Order>>(
            Query.Of(
                "orders",
                ("portfolio", arguments.GetValue(_portfolio)),
                ("instrument", arguments.GetValue(_instrument)),
                ("limit", arguments.GetValue(_limit)),
                ("open", all ? null : true)),
            cancellationToken);
        output.Answer(new OrderList(orders), text =>
        {
            if (orders.Count == 0)
            {
                text.WriteLine(all ? "no orders" : "no open orders; --all lists those that have ended");
                return;
            }

            OrderTable.Write(text, orders, output.Width);
        });
        return ExitCodes.Ok;
    }
}
