namespace BtcAgent.Domain.Execution.Live;

/// <summary>The next step of a <see cref="ProtectiveStop"/>; quantity and prices count only where one is placed.</summary>
/// <param name="Action">To be carried out.</param>
/// <param name="Quantity">To protect.</param>
/// <param name="StopPrice">Trigger of the sale.</param>
/// <param name="Mark">Price of the market that the trigger was set from.</param>
public readonly record struct ProtectiveStep(ProtectiveAction Action, Quantity Quantity = default, Price StopPrice = default, decimal Mark = 0)
{
    public static ProtectiveStep Nothing => default;

    public static ProtectiveStep MakeWay => new(ProtectiveAction.MakeWay);
}
