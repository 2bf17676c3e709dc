namespace BtcAgent.Domain;

/// <summary>
/// An amount of one asset, exact, positive or negative. Adding different assets is an error.
/// </summary>
[GenerateSerializer, Immutable, Alias("Money")]
public readonly record struct Money([property: Id(0)] decimal Amount, [property: Id(1)] string Asset)
{
    public static Money Zero(string asset) => new(0m, asset);

    public override string ToString() => $"{Amount} {Asset}";

    public static Money operator +(Money left, Money right) => new(left.Amount + right.In(left.Asset), left.Asset);

    public static Money operator -(Money left, Money right) => new(left.Amount - right.In(left.Asset), left.Asset);

    public static Money operator -(Money money) => new(-money.Amount, money.Asset);

    private decimal In(string asset) =>
        Asset == asset ? Amount : throw new InvalidOperationException($"{this} cannot be added to {asset}: convert it first");
}
