using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace BtcAgent.Storage.Objects;

/// <summary>Sends objects to S3: in one request, or in parts that become visible together.</summary>
internal sealed class S3Put(AmazonS3Client client, ObjectStoreOptions options)
{
    /// <summary>S3's limit of parts of one object.</summary>
    private const int PartsMax = 10_000;

    /// <param name="key">Key in the bucket, prefix included.</param>
    /// <param name="content">Seekable.</param>
    /// <param name="condition">Sent with the write.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    public async Task<PutResult> SendAsync(string key, Stream content, PutCondition condition, CancellationToken cancellationToken)
    {
        try
        {
            content.Position = 0;
            var partBytes = options.PartMb * 1_048_576L;
            return content.Length <= partBytes
                ? await WholeAsync(key, content, condition, cancellationToken)
                : await InPartsAsync(key, content, Math.Max(partBytes, content.Length / PartsMax + 1), condition, cancellationToken);
        }
        catch (AmazonS3Exception error) when (Refusal(error, condition) is { } refused)
        {
            return refused;
        }
    }

    private static PutResult? Refusal(AmazonS3Exception error, PutCondition condition) => error.StatusCode switch
    {
        HttpStatusCode.PreconditionFailed => condition.MustBeAbsent ? PutResult.AlreadyThere : PutResult.Conflict,
        HttpStatusCode.Conflict when error.ErrorCode is "ConditionalRequestConflict" or "OperationAborted" => PutResult.Conflict,
        HttpStatusCode.NotFound when condition.ETag is not null && error.ErrorCode == "NoSuchKey" => PutResult.Conflict,
        _ => null,
    };

    private async Task<PutResult> WholeAsync(string key, Stream content, PutCondition condition, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest
        {
            BucketName = options.Bucket,
            Key = key,
            InputStream = content,
            AutoCloseStream = false,
            IfNoneMatch = condition.MustBeAbsent ? "*" : null,
            IfMatch = condition.ETag,
        };
        (request.ServerSideEncryptionMethod, request.ServerSideEncryptionKeyManagementServiceKeyId) = Encryption();
        var answer = await client.PutObjectAsync(request, cancellationToken);
        return new PutResult(PutOutcome.Created, answer.ETag);
    }

    private async Task<PutResult> InPartsAsync(
        string key, Stream content, long partBytes, PutCondition condition, CancellationToken cancellationToken)
    {
        var begin = new InitiateMultipartUploadRequest { BucketName = options.Bucket, Key = key };
        (begin.ServerSideEncryptionMethod, begin.ServerSideEncryptionKeyManagementServiceKeyId) = Encryption();
        var upload = (await client.InitiateMultipartUploadAsync(begin, cancellationToken)).UploadId;
        try
        {
            var parts = new List<PartETag>();
            while (content.Position < content.Length)
            {
                var sent = await client.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = options.Bucket,
                        Key = key,
                        UploadId = upload,
                        PartNumber = parts.Count + 1,
                        PartSize = Math.Min(partBytes, content.Length - content.Position),
                        InputStream = content,
                    },
                    cancellationToken);
                parts.Add(new PartETag(parts.Count + 1, sent.ETag));
            }

            var done = await client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = options.Bucket,
                    Key = key,
                    UploadId = upload,
                    PartETags = parts,
                    IfNoneMatch = condition.MustBeAbsent ? "*" : null,
                    IfMatch = condition.ETag,
                },
                cancellationToken);
            return new PutResult(PutOutcome.Created, done.ETag);
        }
        catch
        {
            await AbortAsync(key, upload);
            throw;
        }
    }

    /// <summary>Deletes the parts; the bucket's lifecycle rule deletes those of a process that was killed.</summary>
    private async Task AbortAsync(string key, string upload)
    {
        try
        {
            // Also when the caller has cancelled: unfinished parts are invisible, and paid for.
            await client.AbortMultipartUploadAsync(options.Bucket, key, upload, CancellationToken.None);
        }
        catch (Exception error) when (S3Faults.IsFault(error))
        {
            // The failure of the upload is the one to report.
            return;
        }
    }

    private (ServerSideEncryptionMethod? Method, string? KeyId) Encryption() => options.Encryption switch
    {
        ObjectEncryption.Aes256 => (ServerSideEncryptionMethod.AES256, null),
        ObjectEncryption.Kms => (ServerSideEncryptionMethod.AWSKMS, options.KmsKeyId),
        _ => (null, null),
    };
}
