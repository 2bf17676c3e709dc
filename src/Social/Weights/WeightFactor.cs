namespace BtcAgent.Social.Weights;

/// <summary>One factor of a post's weight, kept so that an operator sees why the post counted as it did.</summary>
/// <param name="Name">Stable name of the rule, such as <c>author.age</c>.</param>
/// <param name="Value">Factor, 0…1; the weight is the product of all factors.</param>
/// <param name="Reason">Text for people.</param>
public readonly record struct WeightFactor(string Name, double Value, string Reason);
