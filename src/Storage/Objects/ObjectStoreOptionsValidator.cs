using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace BtcAgent.Storage.Objects;

/// <summary>Checks the ranges, and the settings that require one another.</summary>
public sealed class ObjectStoreOptionsValidator : IValidateOptions<ObjectStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, ObjectStoreOptions options)
    {
        var found = new List<ValidationResult>();
        _ = Validator.TryValidateObject(options, new ValidationContext(options), found, validateAllProperties: true);
        List<string> problems =
        [
            .. found.Select(problem => problem.ErrorMessage ?? "a setting is out of range"),
            .. options.Kind == ObjectStoreKind.S3 ? OfS3(options) : OfFolder(options),
        ];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> OfFolder(ObjectStoreOptions options)
    {
        if (options.Bucket is not null || options.Endpoint is not null)
        {
            yield return "Bucket and Endpoint are settings of S3: set Kind=s3, or remove them";
        }
    }

    private static IEnumerable<string> OfS3(ObjectStoreOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Bucket))
        {
            yield return "Kind=s3 needs Bucket, the name of an existing bucket";
        }

        if (options.Endpoint is { } address
            && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/" && uri.UserInfo == ""))
        {
            yield return "Endpoint must be an address such as https://minio:9000, without user, password and path";
        }

        if (options.Prefix.StartsWith('/') || options.Prefix.Split('/').SkipLast(1).Any(segment => segment is "" or "." or ".."))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Prefix '{options.Prefix}' must not begin with '/' or have empty segments");
        }

        var secrets = (options.SecretKey is null ? 0 : 1) + (options.SecretKeyFile is null ? 0 : 1);
        if (secrets != (options.AccessKey is null ? 0 : 1))
        {
            yield return options.AccessKey is null
                ? "SecretKey without AccessKey: set both, or neither to use the SDK's chain of credentials"
                : "AccessKey needs SecretKey (by environment variable) or SecretKeyFile, and not both";
        }

        if (options.KmsKeyId is not null && options.Encryption != ObjectEncryption.Kms)
        {
            yield return "KmsKeyId needs Encryption=kms";
        }
    }
}
