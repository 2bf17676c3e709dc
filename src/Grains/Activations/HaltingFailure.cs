namespace BtcAgent.Grains.Activations;

/// <summary>A stopped grain without which some portfolios must not trade.</summary>
/// <param name="Grain">Its key in <see cref="ActivationFailures"/>.</param>
/// <param name="Words">Number of failures, and the reason.</param>
/// <param name="Portfolios">Portfolios to halt.</param>
public sealed record HaltingFailure(string Grain, string Words, IReadOnlyCollection<string> Portfolios);
