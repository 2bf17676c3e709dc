using System.Collections.Immutable;

namespace BtcAgent.Silo.Settings;

/// <summary>Settings of the command line.</summary>
public sealed record AgentSettings
{
    public NodeRole Role { get; init; } = NodeRole.All;

    /// <summary>IP address to listen on for HTTP.</summary>
    public string Listen { get; init; } = "127.0.0.1";

    public VenueKind Venue { get; init; } = VenueKind.Simulator;

    /// <summary>Tapes of a replay, in order.</summary>
    public ImmutableArray<string> Tapes { get; init; } = [];

    /// <summary>Replay speed as a multiple of real time; 0 is as fast as possible.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Where to write the summary of a replay as JSON; null writes none.</summary>
    public string? SummaryFile { get; init; }

    /// <summary>Folder of state, journal and operator key.</summary>
    public string DataFolder { get; init; } = "data";

    /// <summary>Port of the console on loopback; 0 selects any free one.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>Seed of everything random: simulated flow, paper latency, back-off.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Folder that raw frames are recorded to; null records nothing.</summary>
    public string? RecordTo { get; init; }

    /// <summary>Code of a refusal, to accept a state that does not match the journal; null accepts none.</summary>
    public string? AcceptState { get; init; }

    /// <summary>Folder of the job of a trainer or of the model of a scorer; null in every other role.</summary>
    public string? Job { get; init; }

    /// <summary>Overrides of configuration keys, <c>Agent:Limits:MaxSpreadBps</c> → value.</summary>
    public ImmutableArray<KeyValuePair<string, string?>> Overrides { get; init; } = [];
}
