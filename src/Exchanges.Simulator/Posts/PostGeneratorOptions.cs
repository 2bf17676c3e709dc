using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Exchanges.Simulator.Posts;

/// <summary>Synthetic posts. Section <c>SimulatedX:Posts</c>.</summary>
public sealed class PostGeneratorOptions
{
    public const string Section = "SimulatedX:Posts";

    /// <summary>Seed: the same seed, times and returns give the same posts. Default 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Mean posts per second of all kinds, 0.001…1,000. Default 1.</summary>
    [Range(0.001, 1_000.0)]
    public double PostsPerSecond { get; set; } = 1;

    /// <summary>Share of chatter about other things, 0…1. Default 0.2.</summary>
    [Range(0.0, 1.0)]
    public double ChatterShare { get; set; } = 0.2;

    /// <summary>Share of posts of bots, 0…1. Default 0.1.</summary>
    [Range(0.0, 1.0)]
    public double BotShare { get; set; } = 0.1;

    /// <summary>Share of posts that begin a campaign of 5…40 near copies within some minutes, 0…0.1. Default 0.002.</summary>
    [Range(0.0, 0.1)]
    public double CampaignShare { get; set; } = 0.002;

    /// <summary>
    /// Strength of the reaction, 0…1,000: the tone is the sign of <c>reaction × return in percent + noise</c>, where the noise is normal with deviation 1,
    /// and within ±0.5 neutral. Default 2; with 0 there is none.
    /// </summary>
    [Range(0.0, 1_000.0)]
    public double Reaction { get; set; } = 2;

    /// <summary>Mean time from a return to the reaction, exponential, in seconds, 0…3,600. Default 20.</summary>
    [Range(0.0, 3_600.0)]
    public double LagSeconds { get; set; } = 20;

    /// <summary>Additional posts for each percent of the return's size, as a share of the rate, 0…100. Default 1.</summary>
    [Range(0.0, 100.0)]
    public double Excitement { get; set; } = 1;

    /// <summary>Probability that a word has a typing error, 0…1. Default 0.02.</summary>
    [Range(0.0, 1.0)]
    public double TypoShare { get; set; } = 0.02;
}
