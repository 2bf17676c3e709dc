namespace BtcAgent.Storage.Objects;

/// <summary>Where objects are stored.</summary>
public enum ObjectStoreKind
{
    /// <summary>Files in a folder.</summary>
    Folder = 0,

    /// <summary>A bucket of any server that speaks S3: AWS, MinIO, Ceph.</summary>
    S3 = 1,
}
