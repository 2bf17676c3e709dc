namespace BtcAgent.Domain.Execution.Live;

/// <summary>The next step of a <see cref="ProtectiveStop"/>; quantity and prices are set only for placing one.</summary>
/// <param name="Action">Action to carry out.</param>
/// <param name="Quantity">Quantity to protect.</param>
/// <param name="StopPrice">Trigger price of the sell order.</param>
/// <param name="Mark">Market price from which the trigger was computed.</param>
public readonly record struct ProtectiveStep(ProtectiveAction Action, Quantity Quantity = default, Price StopPrice = default, decimal Mark = 0)
{
    public static ProtectiveStep Nothing => default;

    public static ProtectiveStep MakeWay => new(ProtectiveAction.MakeWay);
}
