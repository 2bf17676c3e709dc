using System.ComponentModel.DataAnnotations;
using BtcAgent.Exchanges.Simulator.Posts;
using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>The embedded X. Section <c>SimulatedX</c>. Its limits and prices are those of X as of 2026-08-22.</summary>
public sealed class SimulatedXOptions
{
    public const string Section = "SimulatedX";

    /// <summary>Port on 127.0.0.1; 0 takes any free one. Default 0.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; }

    /// <summary>The only token that it accepts. Default <c>simulated</c>.</summary>
    [Required, MinLength(1)]
    public string BearerToken { get; set; } = "simulated";

    /// <summary>Price of a post read, in dollars, 0…10. Default 0.005.</summary>
    [Range(0.0, 10.0)]
    public decimal DollarsPerRead { get; set; } = 0.005m;

    /// <summary>Price of a request for counts, in dollars, 0…10. Default 0.005.</summary>
    [Range(0.0, 10.0)]
    public decimal DollarsPerCounts { get; set; } = 0.005m;

    /// <summary>Time between two blank lines of the stream, in seconds, 1…600. Default 20.</summary>
    [Range(1.0, 600.0)]
    public double KeepAliveSeconds { get; set; } = 20;

    /// <summary>Connections to the stream in 15 minutes. Default 50.</summary>
    [Range(1, 100_000)]
    public int ConnectsMax { get; set; } = 50;

    /// <summary>Searches, requests for counts and lookups in 15 minutes, each. Default 450.</summary>
    [Range(1, 1_000_000)]
    public int RequestsMax { get; set; } = 450;

    /// <summary>Time between two steps of the generator, in milliseconds, 10…60,000. Default 250.</summary>
    [Range(10, 60_000)]
    public int StepMs { get; set; } = 250;

    /// <summary>The synthetic posts.</summary>
    [ValidateObjectMembers]
    public PostGeneratorOptions Posts { get; set; } = new();
}
