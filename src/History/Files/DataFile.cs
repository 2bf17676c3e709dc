namespace BtcAgent.History.Files;

/// <summary>A Parquet file of a data set. Its key contains the offsets of its facts: storing them again gives the same key.</summary>
public sealed record DataFile
{
    /// <summary>Key of the object.</summary>
    public required string Key { get; init; }

    /// <summary>Instrument of all rows as <c>VENUE:SYMBOL</c>; empty for data sets without.</summary>
    public required string Instrument { get; init; }

    /// <summary>UTC day of all rows.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Log of the facts.</summary>
    public required string Log { get; init; }

    /// <summary>Partition of the topic.</summary>
    public required int Partition { get; init; }

    public required long FirstOffset { get; init; }

    public required long LastOffset { get; init; }

    public required long Rows { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Lowest event time, ns since 1970 UTC.</summary>
    public required long FirstTime { get; init; }

    /// <summary>Highest event time, ns since 1970 UTC.</summary>
    public required long LastTime { get; init; }

    /// <summary>Of the file, hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Hash of its columns.</summary>
    public required string Schema { get; init; }

    /// <summary>When its newest fact was stored, by our clock; retention counts from it.</summary>
    public required DateTimeOffset StoredAt { get; init; }

    /// <summary>0 as the facts came, 1 merged within a day, 2 merged after the day.</summary>
    public int Level { get; init; }
}
