namespace BtcAgent.Storage.Objects;

/// <summary>Encryption at rest that the S3 server is asked for.</summary>
public enum ObjectEncryption
{
    /// <summary>Not asked for: the bucket's own default holds.</summary>
    BucketDefault = 0,

    /// <summary><c>AES256</c>: the server's keys.</summary>
    Aes256 = 1,

    /// <summary><c>aws:kms</c>: a key of the key service, see <see cref="ObjectStoreOptions.KmsKeyId"/>.</summary>
    Kms = 2,
}
