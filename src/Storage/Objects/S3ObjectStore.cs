using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace BtcAgent.Storage.Objects;

/// <summary>Objects in a bucket of any server that speaks S3 with path-style addresses: AWS, MinIO, Ceph.</summary>
public sealed class S3ObjectStore : IObjectStore
{
    private readonly ObjectStoreOptions _options;
    private readonly AmazonS3Client _client;
    private readonly S3Put _put;
    private ConditionalWrites _conditions;

    /// <param name="options">Validated options.</param>
    /// <exception cref="ObjectStoreException">The file of the secret cannot be read.</exception>
    public S3ObjectStore(ObjectStoreOptions options)
    {
        _options = options;
        var config = new AmazonS3Config
        {
            ForcePathStyle = true,
            AuthenticationRegion = options.Region,
            Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            MaxErrorRetry = options.RetriesMax,
            // Trailing checksums are Amazon's: older MinIO and Ceph refuse or store them. Payloads are signed in any case.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }

        Place = $"s3://{options.Bucket}/{options.Prefix} at {options.Endpoint ?? $"Amazon {options.Region}"}";
        _client = options.AccessKey is { } key
            ? new AmazonS3Client(new BasicAWSCredentials(key, options.SecretKey ?? ReadSecret(options.SecretKeyFile!)), config)
            : new AmazonS3Client(config);
        _put = new S3Put(_client, options);
    }

    public string Place { get; }

    public ConditionalWrites Conditions => _conditions;

    public Task<ConditionalWrites> ProbeAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        // Unique: agents that start together must not disturb each other's probe.
        var key = _options.Prefix + ".probe-" + RandomNumberGenerator.GetHexString(16, lowercase: true);
        var written = await ProbePutAsync(key, PutCondition.None, cancellationToken);
        try
        {
            var ifAbsent = await ChecksAsync(key, PutCondition.IfAbsent, cancellationToken);
            var ifMatch = await ChecksAsync(key, PutCondition.IfMatch("\"00000000000000000000000000000000\""), cancellationToken);
            var matches = !ifMatch || (await ProbePutAsync(key, PutCondition.IfMatch(written.ETag!), cancellationToken)).Outcome == PutOutcome.Created;
            _conditions = (ifAbsent ? ConditionalWrites.IfAbsent : ConditionalWrites.None)
                | (ifMatch && matches ? ConditionalWrites.IfMatch : ConditionalWrites.None);
            return _conditions;
        }
        finally
        {
            await _client.DeleteObjectAsync(_options.Bucket, key, CancellationToken.None);
        }
    });

    public async Task<PutResult> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellationToken)
    {
        if (!content.CanSeek)
        {
            throw new ArgumentException("the content must be seekable: a failed attempt is repeated from its beginning", nameof(content));
        }

        return await GuardAsync(async () =>
            await RefusedBeforeAsync(key, condition, cancellationToken)
            ?? await _put.SendAsync(KeyOf(key), content, Sent(condition), cancellationToken));
    }

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken) => GuardAsync<Stream?>(async () =>
    {
        try
        {
            return (await _client.GetObjectAsync(_options.Bucket, KeyOf(key), cancellationToken)).ResponseStream;
        }
        catch (AmazonS3Exception error) when (S3Faults.IsMissing(error))
        {
            return null;
        }
    });

    public Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken) => GuardAsync<StoredObject?>(async () =>
    {
        try
        {
            var head = await _client.GetObjectMetadataAsync(_options.Bucket, KeyOf(key), cancellationToken);
            return new StoredObject(key, head.ContentLength, Utc(head.LastModified), head.ETag);
        }
        catch (AmazonS3Exception error) when (S3Faults.IsMissing(error))
        {
            return null;
        }
    });

    public async IAsyncEnumerable<StoredObject> ListAsync(
        string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request
        {
            BucketName = _options.Bucket,
            Prefix = _options.Prefix + prefix,
            StartAfter = after is null ? null : _options.Prefix + after,
        };
        for (ListObjectsV2Response? page = null; page is null || page.IsTruncated == true; request.ContinuationToken = page.NextContinuationToken)
        {
            page = await GuardAsync(() => _client.ListObjectsV2Async(request, cancellationToken));
            foreach (var found in page.S3Objects ?? [])
            {
                yield return new StoredObject(found.Key[_options.Prefix.Length..], found.Size ?? 0, Utc(found.LastModified), found.ETag);
            }
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        GuardAsync(() => _client.DeleteObjectAsync(_options.Bucket, KeyOf(key), cancellationToken));

    public void Dispose() => _client.Dispose();

    /// <summary>True when the server refuses a write whose condition does not hold.</summary>
    private async Task<bool> ChecksAsync(string key, PutCondition failing, CancellationToken cancellationToken)
    {
        try
        {
            return (await ProbePutAsync(key, failing, cancellationToken)).Outcome != PutOutcome.Created;
        }
        catch (AmazonS3Exception error) when (error.ErrorCode is "NotImplemented" or "InvalidArgument" or "InvalidRequest")
        {
            return false;
        }
    }

    private async Task<PutResult> ProbePutAsync(string key, PutCondition condition, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream([1], writable: false);
        return await _put.SendAsync(key, content, condition, cancellationToken);
    }

    /// <summary>
    /// Checks the condition before the write: instead of the server when that cannot, else to save a useless transfer of a
    /// large object.
    /// </summary>
    private async Task<PutResult?> RefusedBeforeAsync(string key, PutCondition condition, CancellationToken cancellationToken)
    {
        if (condition == PutCondition.None)
        {
            return null;
        }

        var now = await HeadAsync(key, cancellationToken);
        return condition.MustBeAbsent
            ? now is null ? null : PutResult.AlreadyThere
            : now?.ETag == condition.ETag ? null : PutResult.Conflict;
    }

    private PutCondition Sent(PutCondition condition) =>
        (condition.MustBeAbsent && !_conditions.HasFlag(ConditionalWrites.IfAbsent))
        || (condition.ETag is not null && !_conditions.HasFlag(ConditionalWrites.IfMatch))
            ? PutCondition.None : condition;

    private string KeyOf(string key) => _options.Prefix + ObjectKey.Demand(key);

    private static DateTimeOffset Utc(DateTime? time) => new(DateTime.SpecifyKind(time!.Value.ToUniversalTime(), DateTimeKind.Utc));

    private async Task<T> GuardAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception error) when (S3Faults.IsFault(error))
        {
            throw S3Faults.Explain(error, Place);
        }
        catch (TaskCanceledException error) when (error.InnerException is TimeoutException)
        {
            throw S3Faults.Explain(error, Place);
        }
    }

    private static string ReadSecret(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ObjectStoreException(
                ObjectStoreFault.Credentials, $"SecretKeyFile '{path}' cannot be read ({error.Message}): correct its path or permissions", error);
        }
    }
}
