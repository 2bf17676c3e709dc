using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Exchanges.Simulator.Economy;

/// <summary>The simulated FRED. Section <c>SimulatedFred</c>.</summary>
public sealed class SimulatedFredOptions
{
    public const string Section = "SimulatedFred";

    /// <summary>Port on 127.0.0.1, 0…65,535. Default 0: a free one.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; }

    /// <summary>Seed of the values. Default 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>The key that it accepts: 32 lower-case letters and digits. It protects nothing. Default <c>simulated0simulated0simulated000</c>.</summary>
    [Required, RegularExpression("[a-z0-9]{32}")]
    public string ApiKey { get; set; } = "simulated0simulated0simulated000";

    /// <summary>Requests per minute until it answers 429, 1…10,000. Default 120, as FRED.</summary>
    [Range(1, 10_000)]
    public int RequestsPerMinuteMax { get; set; } = 120;
}
