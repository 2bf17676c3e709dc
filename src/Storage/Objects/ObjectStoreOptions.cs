using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Storage.Objects;

/// <summary>Where objects are stored: a folder, or a bucket of any S3 server.</summary>
public sealed class ObjectStoreOptions
{
    /// <summary>Folder or S3. Default <see cref="ObjectStoreKind.Folder"/>.</summary>
    [EnumDataType(typeof(ObjectStoreKind))]
    public ObjectStoreKind Kind { get; set; } = ObjectStoreKind.Folder;

    /// <summary>The folder, created when missing. Default null: the folder that the setting's owner names.</summary>
    public string? Path { get; set; }

    /// <summary>
    /// Address of the S3 server, such as <c>https://minio:9000</c>. Default null: Amazon's, by <see cref="Region"/>.
    /// </summary>
    public string? Endpoint { get; set; }

    /// <summary>Region that requests are signed for. Default <c>us-east-1</c>, which MinIO and Ceph expect.</summary>
    [Required]
    public string Region { get; set; } = "us-east-1";

    /// <summary>Existing bucket. Default null; required for S3.</summary>
    public string? Bucket { get; set; }

    /// <summary>Beginning of every key, such as <c>btcagent/</c>. Default empty.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>
    /// Access key. Default null: the SDK's chain (<c>AWS_ACCESS_KEY_ID</c>, profile, role of the pod or machine).
    /// </summary>
    public string? AccessKey { get; set; }

    /// <summary>Secret of the access key; set it by environment variable. Default null: see <see cref="SecretKeyFile"/>.</summary>
    public string? SecretKey { get; set; }

    /// <summary>File that contains the secret of the access key. Default null: see <see cref="SecretKey"/>.</summary>
    public string? SecretKeyFile { get; set; }

    /// <summary>Encryption at rest by the S3 server. Default <see cref="ObjectEncryption.BucketDefault"/>.</summary>
    [EnumDataType(typeof(ObjectEncryption))]
    public ObjectEncryption Encryption { get; set; } = ObjectEncryption.BucketDefault;

    /// <summary>Id of the key of <see cref="ObjectEncryption.Kms"/>. Default null: the account's own key.</summary>
    public string? KmsKeyId { get; set; }

    /// <summary>Size from which S3 objects are sent in parts of this size, MiB. Range 5…5,120, default 64.</summary>
    [Range(5, 5_120)]
    public int PartMb { get; set; } = 64;

    /// <summary>Seconds after which a request without an answer fails. Range 1…3,600, default 60.</summary>
    [Range(1, 3_600)]
    public int TimeoutSeconds { get; set; } = 60;

    /// <summary>Retries of a request that failed for a passing reason. Range 0…20, default 3.</summary>
    [Range(0, 20)]
    public int RetriesMax { get; set; } = 3;
}
