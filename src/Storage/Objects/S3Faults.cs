using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;
using Amazon.S3;

namespace BtcAgent.Storage.Objects;

/// <summary>Explains errors of an S3 server: where, what, what to do.</summary>
internal static class S3Faults
{
    public static bool IsFault(Exception error) =>
        error is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException or SocketException;

    public static bool IsMissing(AmazonS3Exception error) => error.ErrorCode is "NoSuchKey" or "NotFound" || (error.StatusCode == HttpStatusCode.NotFound && error.ErrorCode != "NoSuchBucket");

    public static ObjectStoreException Explain(Exception error, string place)
    {
        var (fault, what) = error switch
        {
            AmazonS3Exception s3 => OfServer(s3),
            _ when Inner<AuthenticationException>(error) is { } tls => (ObjectStoreFault.Unreachable, $"TLS failed ({tls.Message}): correct the certificate, or the address"),
            _ when Inner<SocketException>(error) is { } socket => (ObjectStoreFault.Unreachable, OfSocket(socket)),
            AmazonClientException when error.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase) =>
                (ObjectStoreFault.Credentials, "no credentials were found: set AccessKey and SecretKey, or the variables, profile or role that the AWS SDK reads"),
            _ => (ObjectStoreFault.Unreachable, $"no answer ({error.Message.ReplaceLineEndings(" ")}): check address, network and server"),
        };
        return new ObjectStoreException(fault, $"{place}: {what}", error);
    }

    private static (ObjectStoreFault Fault, string What) OfServer(AmazonS3Exception error) => error.ErrorCode switch
    {
        "InvalidAccessKeyId" => (ObjectStoreFault.Credentials, "the server does not know the access key: correct AccessKey"),
        "SignatureDoesNotMatch" => (ObjectStoreFault.Credentials, "the secret is wrong: correct SecretKey or SecretKeyFile"),
        "ExpiredToken" or "InvalidToken" => (ObjectStoreFault.Credentials, "the temporary credentials have expired: renew them"),
        "NoSuchBucket" => (ObjectStoreFault.Missing, "the bucket does not exist: create it, or correct Bucket"),
        "RequestTimeTooSkewed" => (ObjectStoreFault.Clock, "the clocks of this machine and of the server differ too much: synchronise them (NTP)"),
        "AuthorizationHeaderMalformed" or "PermanentRedirect" or "IllegalLocationConstraintException" =>
            (ObjectStoreFault.Missing, $"the bucket is in another region ({error.Message}): correct Region or Endpoint"),
        "XMinioStorageFull" or "QuotaExceeded" or "EntityTooLarge" or "XMinioAdminBucketQuotaExceeded" =>
            (ObjectStoreFault.Full, $"no space left ({error.ErrorCode}): free space or raise the quota"),
        _ when error.ErrorCode?.StartsWith("KMS.", StringComparison.Ordinal) == true || error.Message.Contains("encrypt", StringComparison.OrdinalIgnoreCase) =>
            (ObjectStoreFault.Other, $"the server cannot encrypt as asked ({error.Message}): correct Encryption and KmsKeyId, or configure its keys"),
        _ when error.StatusCode == HttpStatusCode.InsufficientStorage => (ObjectStoreFault.Full, "no space left: free space or raise the quota"),
        _ when error.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized =>
            (ObjectStoreFault.Credentials, "access denied: grant the key reading, writing, listing and deleting in this bucket"),
        "SlowDown" or "ServiceUnavailable" or "InternalError" =>
            (ObjectStoreFault.Busy, $"the server is overloaded or repairs itself ({error.ErrorCode}): wait, or check its log"),
        _ when (int)error.StatusCode >= 500 => (ObjectStoreFault.Busy, $"the server failed ({(int)error.StatusCode} {error.ErrorCode}): check its log"),
        _ when error.StatusCode == 0 && Inner<SocketException>(error) is { } socket => (ObjectStoreFault.Unreachable, OfSocket(socket)),
        _ when error.StatusCode == 0 => (ObjectStoreFault.Unreachable, $"no answer ({error.Message.ReplaceLineEndings(" ")}): check address, network and server"),
        _ => (ObjectStoreFault.Other, $"{(int)error.StatusCode} {error.ErrorCode} ({error.Message.ReplaceLineEndings(" ")}): check the settings of bucket and server"),
    };

    private static string OfSocket(SocketException error) => error.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused: start the server, or correct Endpoint",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host name is unknown: correct Endpoint, or the DNS",
        _ => $"the network failed ({error.SocketErrorCode}): check address and network",
    };

    private static T? Inner<T>(Exception? error) where T : Exception
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is T found)
            {
                return found;
            }
        }

        return null;
    }
}
