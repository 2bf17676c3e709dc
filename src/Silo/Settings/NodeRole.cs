namespace BtcAgent.Silo.Settings;

/// <summary>The role of this process in the agent.</summary>
public enum NodeRole
{
    /// <summary>Everything in one process; the state in the data folder.</summary>
    All,

    /// <summary>Grains, and feeds unless <c>Feeds:Enabled</c> is false.</summary>
    Silo,

    /// <summary>API and console of a cluster.</summary>
    Gateway,

    /// <summary>Feeds of a cluster, outside its silos.</summary>
    Ingest,

    /// <summary>Stores the facts of a cluster in the configured sinks.</summary>
    Sink,

    /// <summary>Runs the training jobs of a cluster, outside its silos.</summary>
    Optimizer,

    /// <summary>Reads and scores the posts of a cluster, outside its silos.</summary>
    Social,

    /// <summary>Trains one model and exits; an agent or an optimizer starts it.</summary>
    Trainer,

    /// <summary>Judges tones with a transformer model; the process that reads posts starts it.</summary>
    Scorer,

    /// <summary>Migrates the database to this version and exits.</summary>
    Migrate,
}
