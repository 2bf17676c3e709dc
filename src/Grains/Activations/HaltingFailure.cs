namespace BtcAgent.Grains.Activations;

/// <summary>A grain that stands still, and without which some portfolios must not trade.</summary>
/// <param name="Grain">Its key in <see cref="ActivationFailures"/>.</param>
/// <param name="Words">How often it failed, and why.</param>
/// <param name="Portfolios">To be halted.</param>
public sealed record HaltingFailure(string Grain, string Words, IReadOnlyCollection<string> Portfolios);
