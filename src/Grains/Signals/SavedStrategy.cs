namespace BtcAgent.Grains.Signals;

/// <summary>The state of a strategy after one of its samples.</summary>
public sealed class SavedStrategy
{
    /// <summary>Hash of the model: parameters and source. Another model cannot load the state.</summary>
    public string ModelHash { get; set; } = "";

    /// <summary>Schema of the samples.</summary>
    public ulong SchemaHash { get; set; }

    /// <summary>Event time of the first sample.</summary>
    public Timestamp ModelSince { get; set; }

    /// <summary>Number of samples scored.</summary>
    public long ModelSamples { get; set; }

    /// <summary>Event time of the last sample.</summary>
    public Timestamp At { get; set; }

    public byte[] Image { get; set; } = [];
}
