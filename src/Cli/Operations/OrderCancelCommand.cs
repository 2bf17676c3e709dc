using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Cli.Operations;

/// <summary>Requests the cancel of one order.</summary>
internal sealed class OrderCancelCommand : OperatorCommand
{
    private readonly Argument<string> _order = new("order") { Description = "the order's id in 'btcagent orders'" };

    public OrderCancelCommand()
        : base(
            "cancel",
            "Requests the cancel of an open order. The venue may fill it before it cancels it.",
            "btcagent orders cancel ba-0123456789abcdef-0 --reason \"stale quote\"",
            prompt: null) => Arguments.Add(_order);

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var order = await agent.SendAsync<Order>(
            HttpMethod.Post, $"orders/{Query.Part(arguments.GetValue(_order)!)}/cancel", new ControlRequest(Reason), cancellationToken);
        output.Answer(order, text =>
        {
            OrderTable.Write(text, [order], output.Width);
            text.WriteLine(order.IsOpen
                ? "the cancel was requested; 'btcagent orders' shows whether the venue has carried it out"
                : $"the order has ended: {Figures.Word(order.Status)}");
        });
        return ExitCodes.Ok;
    }
}
